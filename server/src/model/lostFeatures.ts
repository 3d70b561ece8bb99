/**
 * What a client cannot do when it cannot call Exchange Web Services, and the setting that offers it all the same.
 *
 * Source of the list: Paul Robichaux, "2-factor Lync authentication and missing Exchange features" (2013); Microsoft's
 * planning page for two-factor authentication (contacts, skill search, "features dependent on Exchange integration"), and
 * the table of Exchange Web Services features in "Lync 2013 compatibility". Settings and defaults: the help of the
 * New-CsClientPolicy, New-CsUserServicesPolicy, New-CsMobilityPolicy and New-CsImConfiguration cmdlets.
 *
 * Not in it, because they go on: server-side archiving to Exchange, presence from calls, server-side conversation history,
 * call forwarding and delegation.
 */
import { productOfPool } from './builds.ts';
import type { Deployment } from './deployment.ts';
import type { EffectiveValue } from './effective.ts';
import type { Standing } from './standing.ts';
import type { Value } from './values.ts';

export interface LostFeature {
  /** The rule that reports it. */
  readonly rule: string;
  /** What people call it. */
  readonly name: string;
  readonly section: string;
  readonly settings: readonly LostSetting[];
  /** What else must hold for the feature to be on. */
  readonly condition?: (standing: Standing, deployment: Deployment) => boolean;
}

export interface LostSetting {
  readonly property: string;
  readonly remedy: boolean | string | null;
  /** Whether the feature is on with that value. Unset counts as the client takes it. */
  readonly on: (value: Value) => boolean;
}

const notTrue = (value: Value): boolean => value === null || value === false;
const notFalse = (value: Value): boolean => value === null || value === true;
const filled = (value: Value): boolean => typeof value === 'string' && value.trim() !== '';

export const lostFeatures: readonly LostFeature[] = [
  {
    rule: 'no-ucs-with-2fa',
    name: 'Unified Contact Store',
    section: 'CsUserServicesPolicy',
    settings: [{ property: 'UcsAllowed', remedy: false, on: (value) => value === true }],
  },
  {
    rule: 'no-calendar-presence-with-2fa',
    name: 'presence from the calendar',
    section: 'CsClientPolicy',
    settings: [{ property: 'DisableCalendarPresence', remedy: true, on: notTrue }],
  },
  {
    rule: 'no-conversation-history-with-2fa',
    name: 'Conversation History',
    section: 'CsClientPolicy',
    settings: [{ property: 'EnableIMAutoArchiving', remedy: false, on: notFalse }],
    condition: (standing, deployment) => !keepsHistoryOnServer(standing, deployment),
  },
  {
    rule: 'no-call-log-history-with-2fa',
    name: 'call logs in Conversation History',
    section: 'CsClientPolicy',
    settings: [{ property: 'EnableCallLogAutoArchiving', remedy: false, on: notFalse }],
  },
  {
    rule: 'no-exchange-photos-with-2fa',
    name: 'high-definition photos',
    section: 'CsClientPolicy',
    settings: [
      {
        property: 'DisplayPhoto',
        remedy: 'PhotosFromADOnly',
        on: (value) => value === null || value === 'AllPhotos',
      },
    ],
    // 0 switches all photos off, whatever DisplayPhoto says.
    condition: (standing) => standing.value('CsClientPolicy', 'MaxPhotoSizeKB')?.value !== 0,
  },
  {
    rule: 'no-exchange-contact-sync-with-2fa',
    name: 'Exchange contact sync',
    section: 'CsClientPolicy',
    settings: [{ property: 'EnableExchangeContactSync', remedy: false, on: notFalse }],
  },
  {
    rule: 'no-free-busy-with-2fa',
    name: 'free/busy and meeting details',
    section: 'CsClientPolicy',
    settings: [
      { property: 'DisableFreeBusyInfo', remedy: true, on: notTrue },
      { property: 'DisableMeetingSubjectAndLocation', remedy: true, on: notTrue },
    ],
  },
  {
    rule: 'no-skill-search-with-2fa',
    name: 'skill search',
    section: 'CsClientPolicy',
    settings: [
      { property: 'SPSearchInternalURL', remedy: null, on: filled },
      { property: 'SPSearchExternalURL', remedy: null, on: filled },
      { property: 'SPSearchCenterInternalURL', remedy: null, on: filled },
      { property: 'SPSearchCenterExternalURL', remedy: null, on: filled },
    ],
  },
  {
    rule: 'no-mobile-exchange-with-2fa',
    name: 'Exchange on mobile devices',
    section: 'CsMobilityPolicy',
    settings: [{ property: 'AllowExchangeConnectivity', remedy: false, on: (value) => value === true }],
    condition: (standing, deployment) =>
      usesMobiles(standing) && deployment.configuration.mobileGateway === undefined,
  },
  {
    rule: 'no-saved-credentials-with-2fa',
    name: 'saved credentials on mobile devices',
    section: 'CsMobilityPolicy',
    settings: [{ property: 'AllowSaveCredentials', remedy: false, on: (value) => value === true }],
    condition: usesMobiles,
  },
  {
    rule: 'no-offline-im-with-2fa',
    name: 'offline instant messages',
    section: 'CsImConfiguration',
    settings: [{ property: 'EnableOfflineIm', remedy: false, on: (value) => value === true }],
    // Skype for Business clients only, and only while they write Conversation History themselves.
    condition: (standing, deployment) => {
      const history = standing.value('CsClientPolicy', 'EnableIMAutoArchiving');
      return !isLync(standing, deployment) && history !== undefined && history.value !== false;
    },
  },
];

/** A setting that keeps a feature on, and how it comes to have its value. */
export interface LeftOn {
  readonly setting: LostSetting;
  readonly value: EffectiveValue;
}

/** The settings that keep a feature on for users of a standing; none where the files cannot say, or the feature is off. */
export function stillOn(feature: LostFeature, standing: Standing, deployment: Deployment): readonly LeftOn[] {
  return standing.remember(feature, () => findLeftOn(feature, standing, deployment));
}

function findLeftOn(feature: LostFeature, standing: Standing, deployment: Deployment): LeftOn[] {
  const found: LeftOn[] = [];
  for (const setting of feature.settings) {
    const value = standing.value(feature.section, setting.property);
    if (value && setting.on(value.value)) found.push({ setting, value });
  }
  return found.length > 0 && (feature.condition?.(standing, deployment) ?? true) ? found : [];
}

export function lostFeature(rule: string): LostFeature {
  const feature = lostFeatures.find((candidate) => candidate.rule === rule);
  if (!feature) throw new Error(`No lost feature belongs to '${rule}'.`);
  return feature;
}

/** Skype for Business Server keeps the history itself where it is told to; on Lync Server 2013 the setting does nothing. */
function keepsHistoryOnServer(standing: Standing, deployment: Deployment): boolean {
  return (
    standing.value('CsClientPolicy', 'EnableServerConversationHistory')?.value === true &&
    !isLync(standing, deployment)
  );
}

function usesMobiles(standing: Standing): boolean {
  return standing.value('CsMobilityPolicy', 'EnableMobility')?.value !== false;
}

function isLync(standing: Standing, deployment: Deployment): boolean {
  return standing.pool !== undefined && (productOfPool(standing.pool, deployment) ?? 7) < 7;
}
