// The ports that services of each role have in a topology document, as Lync sets them up.

import { textOf } from './topologyElements.mjs';

/** Owner, usage, side, port, protocol, and what some ports have besides. @typedef {readonly [string, string, string, number, string, Readonly<Record<string, string>>?]} Port */

/** @type {readonly Port[]} */
const audio = [
  ['component:MediaComp', 'AudioCommunication', 'Primary', 49152, 'TcpOrUdp', { Range: '8348' }],
];
/** @type {readonly Port[]} */
const media = [
  ...audio,
  ['component:MediaComp', 'VideoCommunication', 'Primary', 57501, 'TcpOrUdp', { Range: '8034' }],
  ['component:MediaComp', 'AppSharingCommunication', 'Primary', 49152, 'TcpOrUdp', { Range: '16383' }],
];

/** By the role as the document calls it. @type {Readonly<Record<string, readonly Port[]>>} */
const ports = {
  UserServices: [
    ['component:McuFactory', 'WebServer', 'Primary', 444, 'Mtls', { UrlPath: '/LiveServer/McuFactory/' }],
    ['component:PresenceFocus', 'UserPinManagement', 'Primary', 443, 'Https'],
    ['component:McuFactory', 'WcfServer', 'Primary', 9001, 'Tcp', { UrlPath: '/LiveServer/ConfDirMgmt/' }],
  ],
  Registrar: [
    ['component:Registrar', 'SipServer', 'Primary', 5061, 'Mtls', { GruuType: 'HomeServer' }],
    ['component:Registrar', 'WebServer', 'Primary', 444, 'Mtls', { UrlPath: '/LiveServer/Focus/' }],
    ['component:QoE', 'SipServer', 'Primary', 5061, 'Mtls', { UrlPath: '/LiveServer/QoE/', GruuType: 'QoS' }],
    ['component:Lyss', 'WcfMtls', 'Primary', 5077, 'Mtls'],
  ],
  WebServices: [
    ['component:OCSWebSite', 'WebSite', 'External', 8080, 'Http', { ConfiguredPort: '80' }],
    ['component:OCSWebSite', 'WebSite', 'External', 4443, 'Https', { ConfiguredPort: '443' }],
    ['component:OCSWebSite', 'WebSite', 'Primary', 80, 'Http'],
    ['component:OCSWebSite', 'WebSite', 'Primary', 443, 'Https'],
    ['component:Reach', 'PsomServer', 'Primary', 8060, 'Mtls'],
    ['component:Reach', 'PsomServer', 'External', 8061, 'Mtls'],
    ['component:UcwaService', 'SipServer', 'Primary', 5088, 'Mtls', { GruuType: 'UcwaInternal' }],
    ['component:UcwaServiceExternal', 'SipServer', 'Primary', 5089, 'Mtls', { GruuType: 'UcwaExternal' }],
  ],
  ConfServices: [
    ['component:IMConf', 'SipServer', 'Primary', 5062, 'Mtls', { GruuType: 'chat' }],
    ['component:DataConf', 'PsomClient', 'Primary', 8057, 'Tls'],
    ['component:AVConf', 'SipServer', 'Primary', 5063, 'Mtls', { GruuType: 'audio-video' }],
    ['component:AppSharingConf', 'SipServer', 'Primary', 5065, 'Mtls', { GruuType: 'applicationsharing' }],
    ...media,
  ],
  ApplicationServer: [
    ['application:testbot', 'SipServer', 'Primary', 5076, 'Mtls'],
    ['application:RGS', 'SipServer', 'Primary', 5071, 'Mtls'],
    ['application:RGS', 'WcfMtls', 'Primary', 8404, 'Mtls'],
    ...media,
  ],
  MediationServer: [
    ['component:Mediation', 'SipServer', 'Primary', 5070, 'Mtls', { GruuType: 'MediationServer' }],
    ['component:Mediation', 'SipClient', 'Pstn', 5067, 'Tls'],
    ...audio,
  ],
  PstnGateway: [['component:PstnGateway', 'SipClient', 'Primary', 5067, 'Tls']],
};

/**
 * @param {string} role as the document calls it
 * @param {import('./yaml.mjs').Item} item the service as Get-CsService prints it
 * @returns {readonly Port[]}
 */
export function portsOf(role, item) {
  return role === 'EdgeServer' ? edgePorts(item) : (ports[role] ?? []);
}

/** @type {(item: import('./yaml.mjs').Item) => readonly Port[]} */
function edgePorts(item) {
  const at = (/** @type {string} */ property) => ({ ConfiguredFqdn: textOf(item[property]) });
  const access = at('AccessEdgeExternalFqdn');
  const av = at('AVEdgeExternalFqdn');
  return [
    ['component:AccessEdge', 'SipServer', 'Internal', 5061, 'Mtls'],
    ['component:AccessEdge', 'SipClient', 'External', Number(item.AccessEdgeClientSipPort), 'Tls', access],
    ['component:AccessEdge', 'SipServer', 'External', Number(item.AccessEdgeExternalSipPort), 'Mtls', access],
    ['component:DataEdge', 'PsomServer', 'Internal', 8057, 'Mtls'],
    ['component:DataEdge', 'PsomClient', 'External', 443, 'Tls', at('DataEdgeExternalFqdn')],
    ['component:MediaRelayAuthenticationEdge', 'SipServer', 'Internal', 5062, 'Mtls', { GruuType: 'MRAS' }],
    ['component:MediaRelayEdge', 'TURNServer', 'Internal', 443, 'Tcp'],
    ['component:MediaRelayEdge', 'TURNServer', 'External', 443, 'Tcp', av],
    ['component:MediaRelayEdge', 'TURNServer', 'Internal', 3478, 'Udp'],
    ['component:MediaRelayEdge', 'TURNServer', 'External', 3478, 'Udp', av],
    [
      'component:MediaRelayEdge',
      'MediaCommunication',
      'External',
      50000,
      'TcpOrUdp',
      { Range: '10000', ...av },
    ],
    ['component:SkypeSearchProxy', 'WebServer', 'Internal', 4443, 'Mtls'],
  ];
}
