/** For each policy and configuration, whom it reaches, and what it leaves on for those who cannot use it. */
import type { Deployment } from './deployment.ts';
import { lostFeatures, stillOn, type LeftOn, type LostFeature } from './lostFeatures.ts';
import type { LyncObject } from './object.ts';

export interface Reach {
  users: number;
  /** Those whose client cannot call Exchange Web Services. */
  limitedUsers: number;
  /** The features that it leaves on for those, each with the settings. */
  readonly left: Map<LostFeature, readonly LeftOn[]>;
}

/** The reach of every object that is effective for somebody. */
export function reachOfAll(deployment: Deployment): Map<LyncObject, Reach> {
  const reaches = new Map<LyncObject, Reach>();
  const sections = new Set(lostFeatures.map(({ section }) => section));
  for (const standing of deployment.populated()) {
    const { size } = standing;
    for (const section of sections) {
      const object = standing.effective(section)?.object;
      if (!object) continue;
      let reach = reaches.get(object);
      if (!reach) reaches.set(object, (reach = { users: 0, limitedUsers: 0, left: new Map() }));
      reach.users += size;
      if (standing.limited) reach.limitedUsers += size;
    }
    if (!standing.limited) continue;
    for (const feature of lostFeatures) {
      const object = standing.effective(feature.section)?.object;
      const reach = object && reaches.get(object);
      if (!reach || reach.left.has(feature)) continue;
      const values = stillOn(feature, standing, deployment);
      if (values.length > 0) reach.left.set(feature, values);
    }
  }
  return reaches;
}
