/** What the files say of the trust between Lync and Exchange. */
import type { Deployment } from './deployment.ts';
import { ownValue } from './effective.ts';
import type { LyncObject } from './object.ts';

/** The application that Exchange is everywhere. Source: the ApplicationIdentifier that Get-CsPartnerApplication prints. */
const exchange = '00000002-0000-0ff1-ce00-000000000000';

/** Whether a partner application is Exchange: by its number, its name, or where its metadata is. */
export function isExchange(application: LyncObject): boolean {
  if (application.text('ApplicationIdentifier')?.toLowerCase() === exchange) return true;
  const names = [application.text('Identity'), application.text('Name')];
  if (names.some((name) => name?.toLowerCase().includes('exchange'))) return true;
  return metadataAddresses(application).some(({ address }) => /\/autodiscover\//i.test(address));
}

/** The partner applications that are Exchange, those that are switched off as well. */
export function exchangeApplications(deployment: Deployment): LyncObject[] {
  return deployment.all('CsPartnerApplication').filter(isExchange);
}

export function isEnabled(application: LyncObject): boolean {
  return ownValue(application, 'Enabled').value !== false;
}

/** Where a partner application's metadata comes from: `MetadataUrl`, or the address that `AuthToken` prints as `Value=…`. */
export function metadataAddresses(application: LyncObject): { property: string; address: string }[] {
  return ['MetadataUrl', 'AuthToken'].flatMap((property) => {
    const address = /https?:\/\/\S+/i.exec(application.text(property) ?? '')?.[0];
    return address === undefined ? [] : [{ property, address }];
  });
}
