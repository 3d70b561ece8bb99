/** The ports of a service as the topology document lists them, and as Get-CsService prints them. */
import type { ImportedValue } from './imported.ts';
import type { Attributes } from './topology.ts';

/**
 * Properties of Get-CsService by the port they print: owner, usage, side, and protocol where several are there. `*` stands for any
 * side. Sources: Get-CsService and the Set-Cs… cmdlets of the roles, with the ports of published topologies: the numbers that both
 * have by default are the same.
 */
const properties: Readonly<Record<string, readonly (readonly [port: string, property: string])[]>> = {
  Registrar: [
    ['Registrar SipServer * Mtls', 'SipPort'],
    ['Registrar SipServer * Tcp', 'SipServerTcpPort'],
    ['Registrar WebServer * Mtls', 'WebPort'],
    ['WinFab WinFabFederation', 'WinFabFederationPort'],
    ['WinFab WinFabLeaseAgent', 'WinFabLeaseAgentPort'],
    ['WinFab WinFabClientConnection', 'WinFabClientConnectionPort'],
    ['WinFab WinFabIPC', 'WinFabIPCPort'],
    ['WinFab WinFabReplication', 'WinFabReplicationPort'],
    ['Lyss WcfMtls', 'LyssWcfMtlsPort'],
    ['XmppFederation SipServer', 'XmppGatewaySipPort'],
  ],
  UserServices: [
    ['McuFactory WebServer', 'McuFactorySipPort'],
    ['PresenceFocus UserPinManagement', 'UserPinManagementWcfHttpPort'],
    ['McuFactory WcfServer', 'ConfDirManagementWcfTcpPort'],
  ],
  WebServices: [
    ['OCSWebSite WebSite Primary Http', 'PrimaryHttpPort'],
    ['OCSWebSite WebSite Primary Https', 'PrimaryHttpsPort'],
    ['OCSWebSite WebSite External Http', 'ExternalHttpPort'],
    ['OCSWebSite WebSite External Https', 'ExternalHttpsPort'],
    ['Reach PsomServer Primary', 'ReachPrimaryPsomServerPort'],
    ['Reach PsomServer External', 'ReachExternalPsomServerPort'],
    ['MediaComp AppSharingCommunication', 'AppSharingPort'],
    ['McxService SipServer', 'McxSipPrimaryListeningPort'],
    ['McxServiceExternal SipServer', 'McxSipExternalListeningPort'],
    ['PersistentChatWebManager SipServer', 'RmWebSipPrimaryListeningPort'],
    ['PersistentChatWebManagerExternal SipServer', 'RmWebSipExternalListeningPort'],
    ['UcwaService SipServer', 'UcwaSipPrimaryListeningPort'],
    ['UcwaServiceExternal SipServer', 'UcwaSipExternalListeningPort'],
  ],
  ConfServices: [
    ['IMConf SipServer', 'ImSipPort'],
    ['DataConf PsomClient', 'DataPsomPort'],
    ['AVConf SipServer', 'AudioVideoSipPort'],
    ['AppSharingConf SipServer', 'AppSharingSipPort'],
    ['MediaComp AudioCommunication', 'AudioPort'],
    ['MediaComp VideoCommunication', 'VideoPort'],
    ['MediaComp AppSharingCommunication', 'AppSharingPort'],
  ],
  ApplicationServer: [
    ['testbot SipServer', 'AtsSipPort'],
    ['Caa SipServer', 'CaaSipPort'],
    ['Cas SipServer', 'CasSipPort'],
    ['Cps SipServer', 'CpsSipPort'],
    ['RGS SipServer', 'RgsSipPort'],
    ['RGS WcfMtls', 'RgsWcfMtlsPort'],
    ['PDP SipServer', 'PdpSipPort'],
    ['PDP TURNServer', 'PdpTurnPort'],
    ['MediaComp AudioCommunication', 'AudioPort'],
    ['MediaComp VideoCommunication', 'VideoPort'],
    ['MediaComp AppSharingCommunication', 'AppSharingPort'],
  ],
  MediationServer: [
    ['Mediation SipServer', 'SipServerPort'],
    ['Mediation SipClient * Tcp', 'SipClientTcpPort'],
    ['Mediation SipClient * Tls', 'SipClientTlsPort'],
    ['MediaComp AudioCommunication', 'AudioPort'],
  ],
  // Which of the two words gateways have for their port is not known.
  PstnGateway: [
    ['PstnGateway SipServer * Tcp', 'GatewaySipClientTcpPort'],
    ['PstnGateway SipServer * Tls', 'GatewaySipClientTlsPort'],
    ['PstnGateway SipClient * Tcp', 'GatewaySipClientTcpPort'],
    ['PstnGateway SipClient * Tls', 'GatewaySipClientTlsPort'],
  ],
  EdgeServer: [
    ['AccessEdge SipServer Internal', 'AccessEdgeInternalSipPort'],
    ['AccessEdge SipServer External', 'AccessEdgeExternalSipPort'],
    ['AccessEdge SipClient External', 'AccessEdgeClientSipPort'],
    ['DataEdge PsomServer Internal', 'DataPsomServerPort'],
    ['DataEdge PsomClient External', 'DataPsomClientPort'],
    ['MediaRelayAuthenticationEdge SipServer', 'MediaRelayAuthEdgePort'],
    ['MediaRelayEdge TURNServer Internal Tcp', 'MediaRelayInternalTurnTcpPort'],
    ['MediaRelayEdge TURNServer External Tcp', 'MediaRelayExternalTurnTcpPort'],
    ['MediaRelayEdge TURNServer Internal Udp', 'MediaRelayInternalTurnUdpPort'],
    ['MediaRelayEdge TURNServer External Udp', 'MediaRelayExternalTurnUdpPort'],
    ['MediaRelayEdge MediaCommunication', 'MediaCommunicationPort'],
    ['SkypeSearchProxy WebServer', 'SkypeSearchProxyPort'],
    ['XmppFederationProxy XptServer', 'XmppInternalPort'],
    ['XmppFederationProxy XmppServer', 'XmppListeningPort'],
  ],
};

/** The external names of an Edge pool stand at its ports. */
const externalNames: ReadonlyMap<string, string> = new Map([
  ['AccessEdgeClientSipPort', 'AccessEdgeExternalFqdn'],
  ['DataPsomClientPort', 'DataEdgeExternalFqdn'],
  ['MediaRelayExternalTurnTcpPort', 'AVEdgeExternalFqdn'],
]);

const byPort = new Map(Object.entries(properties).map(([role, ports]) => [role, new Map(ports)]));
const numbers = new Set(['InterfaceNumber', 'Port', 'Range', 'ConfiguredPort']);

/** The properties of Get-CsService that say something of the ports. @param role as the document calls it */
export function* portProperties(
  role: string,
  ports: readonly Attributes[],
): Generator<[string, ImportedValue]> {
  const known = byPort.get(role);
  if (!known) return;
  for (const port of ports) {
    const property = propertyOf(known, port);
    if (property === undefined) continue;
    const number = numberIn(port.get('Port'));
    if (port.has('Range')) {
      yield [`${property}Start`, number];
      yield [`${property}Count`, numberIn(port.get('Range'))];
      continue;
    }
    yield [property, number];
    // Behind a load balancer or a reverse proxy a site is published at other ports than it has.
    if (port.get('Usage') === 'WebSite')
      yield [`Published${property}`, numberIn(port.get('ConfiguredPort') ?? port.get('Port'))];
    const name = externalNames.get(property);
    const fqdn = port.get('ConfiguredFqdn');
    if (name !== undefined && fqdn !== undefined) yield [name, fqdn];
  }
}

/** A port with all that the document says of it. */
export function wholePort(port: Attributes): ImportedValue {
  return Object.fromEntries(
    Array.from(port, ([name, value]) => [name, numbers.has(name) ? numberIn(value) : truthIn(value)]),
  );
}

/** A number, or the text where it is none. */
export function numberIn(text = ''): number | string {
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

export function truthIn(text: string): boolean | string {
  return text === 'true' ? true : text === 'false' ? false : text;
}

function propertyOf(known: ReadonlyMap<string, string>, port: Attributes): string | undefined {
  const owner = /[^:]*$/.exec(port.get('Owner') ?? '')?.[0] ?? '';
  const used = `${owner} ${port.get('Usage') ?? ''}`;
  const side = port.get('InterfaceSide') ?? '';
  const protocol = port.get('Protocol') ?? '';
  return (
    known.get(`${used} ${side} ${protocol}`) ??
    known.get(`${used} * ${protocol}`) ??
    known.get(`${used} ${side}`) ??
    known.get(used)
  );
}
