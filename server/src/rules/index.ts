/** All rules. A new one is a file of its own, and a line here. */
import type { Rule } from '../linter/rule.ts';
import incompleteDeployment from './incomplete-deployment.ts';
import internalError from './internal-error.ts';
import noCalendarPresenceWith2fa from './no-calendar-presence-with-2fa.ts';
import noCallLogHistoryWith2fa from './no-call-log-history-with-2fa.ts';
import noCollocatedRole from './no-collocated-role.ts';
import noConversationHistoryWith2fa from './no-conversation-history-with-2fa.ts';
import noDeprecatedProperty from './no-deprecated-property.ts';
import noDomainAuthInWebAppWith2fa from './no-domain-auth-in-web-app-with-2fa.ts';
import noDoubleArchiving from './no-double-archiving.ts';
import noDuplicateIdentity from './no-duplicate-identity.ts';
import noExchangeContactSyncWith2fa from './no-exchange-contact-sync-with-2fa.ts';
import noExchangePhotosWith2fa from './no-exchange-photos-with-2fa.ts';
import noExchangeVoicemailWith2fa from './no-exchange-voicemail-with-2fa.ts';
import noFreeBusyWith2fa from './no-free-busy-with-2fa.ts';
import noHiddenPhotos from './no-hidden-photos.ts';
import noInactiveExchangeArchiving from './no-inactive-exchange-archiving.ts';
import noKerberosOnlyOutside from './no-kerberos-only-outside.ts';
import noLegacyClientsWith2fa from './no-legacy-clients-with-2fa.ts';
import noLostGlobalSetting from './no-lost-global-setting.ts';
import noMisspelledPassiveProperty from './no-misspelled-passive-property.ts';
import noMixedPatchLevels from './no-mixed-patch-levels.ts';
import noMobileExchangeWith2fa from './no-mobile-exchange-with-2fa.ts';
import noOfflineImWith2fa from './no-offline-im-with-2fa.ts';
import noOutsideAccessWithoutProxy from './no-outside-access-without-proxy.ts';
import noOwnPassiveMetadata from './no-own-passive-metadata.ts';
import noPassiveBeyondServiceScope from './no-passive-beyond-service-scope.ts';
import noPassiveWithModernAuth from './no-passive-with-modern-auth.ts';
import noPinDevicesWith2fa from './no-pin-devices-with-2fa.ts';
import noSavedCredentialsWith2fa from './no-saved-credentials-with-2fa.ts';
import noShared2faEdge from './no-shared-2fa-edge.ts';
import noSkillSearchWith2fa from './no-skill-search-with-2fa.ts';
import noTwoVoicemailSystems from './no-two-voicemail-systems.ts';
import noUcsAfterRollback from './no-ucs-after-rollback.ts';
import noUcsWith2fa from './no-ucs-with-2fa.ts';
import noUcsWithoutExchange2013 from './no-ucs-without-exchange-2013.ts';
import noUndefinedReference from './no-undefined-reference.ts';
import noUnknownProperty from './no-unknown-property.ts';
import noUnknownSection from './no-unknown-section.ts';
import noUnusedPassiveMetadataUri from './no-unused-passive-metadata-uri.ts';
import noUnusedPolicy from './no-unused-policy.ts';
import noUnusedSuppression from './no-unused-suppression.ts';
import noVoicemailWithoutEnterpriseVoice from './no-voicemail-without-enterprise-voice.ts';
import noYaml11Boolean from './no-yaml-1-1-boolean.ts';
import oneActiveCentralManagement from './one-active-central-management.ts';
import oneDefaultSipDomain from './one-default-sip-domain.ts';
import policyReaches2faUsers from './policy-reaches-2fa-users.ts';
import preferCanonicalCase from './prefer-canonical-case.ts';
import preferDedicated2faDirector from './prefer-dedicated-2fa-director.ts';
import preferShortClientCertificates from './prefer-short-client-certificates.ts';
import require2faServerVersion from './require-2fa-server-version.ts';
import requireClientCertificateAuth from './require-client-certificate-auth.ts';
import requireEdgeLockdown from './require-edge-lockdown.ts';
import requireExchangePartnerApplication from './require-exchange-partner-application.ts';
import requireExternalAuthentication from './require-external-authentication.ts';
import requireHostedVoicemailDestination from './require-hosted-voicemail-destination.ts';
import requireMatchingBackupPool from './require-matching-backup-pool.ts';
import requirePassiveMetadataUri from './require-passive-metadata-uri.ts';
import requirePassiveOnDirector from './require-passive-on-director.ts';
import requirePassiveOnly from './require-passive-only.ts';
import requirePoolServices from './require-pool-services.ts';
import requireProxyAuthMethod from './require-proxy-auth-method.ts';
import requireRegistrarLockdown from './require-registrar-lockdown.ts';
import requireUcsRollback from './require-ucs-rollback.ts';
import requireWebAuthMethod from './require-web-auth-method.ts';
import uniqueWebFqdn from './unique-web-fqdn.ts';
import validCertificateValidityHours from './valid-certificate-validity-hours.ts';
import validConfiguration from './valid-configuration.ts';
import validEdgeNextHop from './valid-edge-next-hop.ts';
import validExchangeAutodiscoverUrl from './valid-exchange-autodiscover-url.ts';
import validFqdn from './valid-fqdn.ts';
import validIdentityScope from './valid-identity-scope.ts';
import validLineUri from './valid-line-uri.ts';
import validPartnerApplicationMetadata from './valid-partner-application-metadata.ts';
import validPassiveMetadataUri from './valid-passive-metadata-uri.ts';
import validPinPolicy from './valid-pin-policy.ts';
import validPoolPairing from './valid-pool-pairing.ts';
import validPoolSize from './valid-pool-size.ts';
import validSimpleUrls from './valid-simple-urls.ts';
import validSipAddress from './valid-sip-address.ts';
import validValue from './valid-value.ts';
import yamlSyntax from './yaml-syntax.ts';

export const rules: readonly Rule[] = [
  incompleteDeployment,
  internalError,
  noCalendarPresenceWith2fa,
  noCallLogHistoryWith2fa,
  noCollocatedRole,
  noConversationHistoryWith2fa,
  noDeprecatedProperty,
  noDomainAuthInWebAppWith2fa,
  noDoubleArchiving,
  noDuplicateIdentity,
  noExchangeContactSyncWith2fa,
  noExchangePhotosWith2fa,
  noExchangeVoicemailWith2fa,
  noFreeBusyWith2fa,
  noHiddenPhotos,
  noInactiveExchangeArchiving,
  noKerberosOnlyOutside,
  noLegacyClientsWith2fa,
  noLostGlobalSetting,
  noMisspelledPassiveProperty,
  noMixedPatchLevels,
  noMobileExchangeWith2fa,
  noOfflineImWith2fa,
  noOutsideAccessWithoutProxy,
  noOwnPassiveMetadata,
  noPassiveBeyondServiceScope,
  noPassiveWithModernAuth,
  noPinDevicesWith2fa,
  noSavedCredentialsWith2fa,
  noShared2faEdge,
  noSkillSearchWith2fa,
  noTwoVoicemailSystems,
  noUcsAfterRollback,
  noUcsWith2fa,
  noUcsWithoutExchange2013,
  noUndefinedReference,
  noUnknownProperty,
  noUnknownSection,
  noUnusedPassiveMetadataUri,
  noUnusedPolicy,
  noUnusedSuppression,
  noVoicemailWithoutEnterpriseVoice,
  noYaml11Boolean,
  oneActiveCentralManagement,
  oneDefaultSipDomain,
  policyReaches2faUsers,
  preferCanonicalCase,
  preferDedicated2faDirector,
  preferShortClientCertificates,
  require2faServerVersion,
  requireClientCertificateAuth,
  requireEdgeLockdown,
  requireExchangePartnerApplication,
  requireExternalAuthentication,
  requireHostedVoicemailDestination,
  requireMatchingBackupPool,
  requirePassiveMetadataUri,
  requirePassiveOnDirector,
  requirePassiveOnly,
  requirePoolServices,
  requireProxyAuthMethod,
  requireRegistrarLockdown,
  requireUcsRollback,
  requireWebAuthMethod,
  uniqueWebFqdn,
  validCertificateValidityHours,
  validConfiguration,
  validEdgeNextHop,
  validExchangeAutodiscoverUrl,
  validFqdn,
  validIdentityScope,
  validLineUri,
  validPartnerApplicationMetadata,
  validPassiveMetadataUri,
  validPinPolicy,
  validPoolPairing,
  validPoolSize,
  validSimpleUrls,
  validSipAddress,
  validValue,
  yamlSyntax,
];
