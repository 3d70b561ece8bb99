import assert from 'node:assert/strict';
import type { Deployment } from '../../server/src/model/deployment.ts';
import type { LyncObject } from '../../server/src/model/object.ts';
import type { Standing } from '../../server/src/model/standing.ts';
import { parseFixture, projectOf } from '../fixture.ts';

/** The deployment that a fixture's files make up. */
export function deploymentOf(text: string): Deployment {
  const [workspace] = projectOf(parseFixture(text)).workspaces;
  assert.ok(workspace);
  return workspace.deployment;
}

export function user(deployment: Deployment, name = 'ken'): LyncObject {
  const found = deployment.find('CsUser', `sip:${name}@contoso.com`);
  assert.ok(found, `There is no ${name}.`);
  return found;
}

export function standingOf(deployment: Deployment, name?: string): Standing {
  return deployment.standing(user(deployment, name));
}
