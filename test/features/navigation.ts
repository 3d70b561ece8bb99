/** The deployment that definition, references, highlights and renames are tried on, and marks in texts. */
import type { Location, Range } from 'vscode-languageserver-types';
import { root } from '../fixture.ts';
import { offsetAt, textIn } from './cursor.ts';

export const deployment = `
#- topology.lync.yaml
CsSipDomain:
  - Identity: contoso.com
CsSite:
  - Identity: Site:Redmond
    Pools: [pool01.contoso.com, 'se01.contoso.com']
CsPool:
  - Identity: pool01.contoso.com
    Fqdn: pool01.contoso.com
    Site: Redmond
    Services: [Registrar:pool01.contoso.com]
    Computers: [fe01.contoso.com, fe02.contoso.com]
    BackupPoolFqdn: se01.contoso.com
  - { Identity: se01.contoso.com, Site: Site:Redmond, Computers: [se01.contoso.com] }
CsComputer:
  - { Identity: fe01.contoso.com, Pool: pool01.contoso.com }
  - { Identity: se01.contoso.com, Pool: se01.contoso.com }
CsServerPatchVersion:
  - { PSComputerName: SE01.contoso.com, ComponentName: Core Components, Version: 5.0.8308.420 }
CsService:
  - Identity: Registrar:pool01.contoso.com
    PoolFqdn: pool01.contoso.com
    SiteId: Site:Redmond
    ServiceId: 1-Registrar-1
CsRegistrarConfiguration:
  - Identity: Service:Registrar:pool01.contoso.com
  - Identity: Site:redmond
#- policies.lync.yaml
CsClientPolicy:
  - Identity: Global
  - Identity: Tag:SmartCard
    DisplayPhoto: NoPhoto
#- users.lync.yaml
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
    ClientPolicy: SmartCard
  - SipAddress: "sip:ann@contoso.com"
    RegistrarPool: POOL01.contoso.com
    TargetRegistrarPool: pool01.contoso.com
    Enabled: false
    ClientPolicy: { FriendlyName: tag:smartcard }
CsUnifiedContactStore:
  - { SipUri: sip:KEN@contoso.com, UcsMode: Migrated }
#- lync.config.yaml
twoFactor:
  pools:
    - { pool: pool01.contoso.com, method: SmartCard }
`;

/** The deployment with a cursor: `marked` is a piece of it with `$0` in it. */
export function withCursor(marked: string): string {
  const piece = marked.replace('$0', '');
  const at = deployment.indexOf(piece);
  if (at < 0) throw new Error(`'${piece}' is not in the deployment.`);
  return deployment.slice(0, at) + marked + deployment.slice(at + piece.length);
}

/** Locations as `file:line text`, so that an expectation reads like the editor's list. Lines count from 1. */
export function words(files: ReadonlyMap<string, string>, locations: readonly Location[]): string[] {
  return locations.map(({ uri, range }) => {
    const name = uri.slice(root.length + 1).replace('.lync.yaml', '');
    return `${name}:${range.start.line + 1} ${textIn(files.get(uri) ?? '', range)}`;
  });
}

/** The lines of a text that ranges touch, each with the range in brackets. */
export function bracketed(text: string, ranges: readonly Range[]): string[] {
  const lines = text.split('\n');
  return ranges.map(({ start, end }) => {
    const line = lines[start.line] ?? '';
    const from = offsetAt(text, start) - offsetAt(text, { line: start.line, character: 0 });
    return `${line.slice(0, from)}[${line.slice(from, end.character)}]${line.slice(end.character)}`.trim();
  });
}
