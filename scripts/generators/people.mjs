// The people of a large deployment: where they are homed, and which policies they have of their own.
import { mulberry32 } from '../bench/deployment.mjs';
import { domains } from './settings.mjs';

/** @typedef {import('./yaml.mjs').Item} Item */

/** Where people are homed: how many of a thousand, and whether they sign in with two factors there. */
/** @typedef {{ pool: string, site: string, weight: number, isTwoFactor: boolean }} Home */

const seed = 1107;

const first =
  'Aoife Bjorn Carla Deniz Elena Farid Greta Hiroshi Ines Jakub Katrin Liam Mei Nuria Oskar Priya Quentin Rosa Stefan Tomoko Ulrich Vera Wei Xenia Yusuf Zoe'.split(
    ' ',
  );
const last =
  "Akers Berg Chen Dubois Eriksen Fischer Garcia Hansen Ito Jensen Kowalska Larsson Martin Nowak O'Brien Patel Quist Rossi Schmidt Tanaka Ueda Vogel Walsh Xu Yilmaz Zimmermann".split(
    ' ',
  );

/** @type {(count: number, homes: readonly Home[]) => { users: Item[], contacts: Item[] }} */
export function people(count, homes) {
  const random = mulberry32(seed);
  const total = homes.reduce((sum, { weight }) => sum + weight, 0);
  /** @type {Item[]} */
  const users = [];
  /** @type {Item[]} */
  const contacts = [];
  for (let number = 0; number < count; number++) {
    const home = pick(homes, random() * total);
    if (!home) continue;
    const [given, family] = [
      first[number % first.length] ?? '',
      last[Math.floor(random() * last.length)] ?? '',
    ];
    const domain = random() < 0.7 ? domains[0] : domains[Math.floor(random() * domains.length)];
    const SipAddress = `sip:${given}.${family}.${number}@${domain}`.toLowerCase().replace("'", '');
    const hasVoice = random() < 0.55;
    users.push({
      SipAddress,
      DisplayName: `${given} ${family}`,
      Enabled: true,
      RegistrarPool: random() < 0.1 ? home.pool.toUpperCase() : home.pool,
      EnterpriseVoiceEnabled: hasVoice,
      LineURI: hasVoice ? `tel:+1${4_000_000_000 + number}` : null,
      ...(home.isTwoFactor ? withCard(random) : withPassword(home, hasVoice, random)),
    });
    if (home.isTwoFactor) contacts.push({ SipUri: SipAddress, UcsMode: 'Disabled' });
    else if (number % 10 === 0)
      contacts.push({ SipUri: SipAddress, UcsMode: home.site === 'Sydney' ? 'Disabled' : 'Migrated' });
  }
  return { users, contacts };
}

/** @type {(homes: readonly Home[], at: number) => Home | undefined} */
function pick(homes, at) {
  let passed = 0;
  return homes.find(({ weight }) => (passed += weight) > at) ?? homes.at(-1);
}

/** Everybody with a card has the same policies, but for travellers and those who may not use a telephone. @type {(random: () => number) => Item} */
function withCard(random) {
  return {
    ClientPolicy: 'Card',
    UserServicesPolicy: 'NoContactStore',
    MobilityPolicy: random() < 0.2 ? 'NoMobile' : 'CardMobile',
    ExternalAccessPolicy: 'Inside',
    ConferencingPolicy: random() < 0.05 ? 'Webcasts' : null,
    VoicePolicy: random() < 0.1 ? 'International' : null,
    ArchivingPolicy: null,
    HostedVoiceMail: null,
    HostedVoicemailPolicy: null,
    ExUmEnabled: false,
  };
}

/** @type {(home: Home, hasVoice: boolean, random: () => number) => Item} */
function withPassword({ site }, hasVoice, random) {
  const kind = random();
  const mailbox = random();
  return {
    ClientPolicy: kind < 0.08 ? 'Engineering' : kind < 0.12 ? 'ContactCentre' : null,
    UserServicesPolicy: site !== 'Sydney' && kind > 0.95 ? 'NoContactStore' : null,
    MobilityPolicy: kind > 0.9 ? 'NoMobile' : null,
    ExternalAccessPolicy: kind < 0.05 ? 'Inside' : null,
    ConferencingPolicy: kind > 0.98 ? 'Webcasts' : null,
    VoicePolicy: hasVoice && kind > 0.85 ? 'International' : null,
    ArchivingPolicy: site === 'Singapore' && kind < 0.1 ? 'Traders' : null,
    HostedVoiceMail: hasVoice && mailbox < 0.2 ? true : null,
    HostedVoicemailPolicy: null,
    ExUmEnabled: hasVoice && mailbox > 0.6,
  };
}
