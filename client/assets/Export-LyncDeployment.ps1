#Requires -Version 3.0

<#
.SYNOPSIS
Writes what the Get-Cs... cmdlets say of a Lync or Skype for Business Server deployment as YAML.

.DESCRIPTION
Run it in the Lync Server Management Shell or the Skype for Business Server Management Shell. It calls the Get-Cs... cmdlet of
every section that Lync Topology knows, asks each server for its update level, and asks where the contact lists are. The files
are what the extension and lync-lint read:

  topology.lync.yaml          SIP domains, sites, pools, computers, services, simple URLs, update levels
  policies.lync.yaml          policies of every scope
  settings.lync.yaml          configuration, OAuth servers and partner applications
  users\<pool>.lync.yaml      the users of a pool
  contacts.lync.yaml          whose contacts are in Exchange

Nothing is changed on any server: the script reads, and writes files in one folder. It needs no module beyond the
management shell's own, and nothing newer than Windows PowerShell 3.

A cmdlet that fails is named in its file under x-export-errors, one that this version of the product does not have under
x-not-available, and the rest goes on. Certificates, tokens and passcodes are left out, and so is what differs from one run to
the next: two exports of the same deployment are the same bytes, and git diff shows what was changed between them.

.PARAMETER OutputFolder
The folder for the files; it is made where it is missing. lync-export in the current folder if left out.

.PARAMETER Section
Only these sections, by name; * stands for any text. Files without any of them are left as they are, the others hold these
sections and no more.

.PARAMETER ExcludeSection
None of these sections. CsUnifiedContactStore takes longest: it is asked for user by user on pools with contacts in Exchange.

.PARAMETER Force
Replaces the files of an earlier export. Without it, a folder that has some is refused before anything is asked.

.OUTPUTS
System.IO.FileInfo. The files that were written.

.EXAMPLE
.\Export-LyncDeployment.ps1

Exports everything to .\lync-export.

.EXAMPLE
.\Export-LyncDeployment.ps1 -OutputFolder D:\Lync -Force

Exports once more to a folder with an earlier export. In a git repository, git diff then shows what has changed.

.EXAMPLE
.\Export-LyncDeployment.ps1 -ExcludeSection CsUnifiedContactStore, CsServerPatchVersion

Leaves out what takes long, and what needs PowerShell remoting to the servers.

.EXAMPLE
.\Export-LyncDeployment.ps1 -Section Cs*Policy

Exports the policies alone.

.LINK
https://github.com/lync-topology/lync-topology/blob/main/docs/export.md
#>
[CmdletBinding()]
[OutputType([System.IO.FileInfo])]
param(
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty()]
    [string] $OutputFolder = 'lync-export',

    [ValidateNotNullOrEmpty()]
    [string[]] $Section = @('*'),

    [string[]] $ExcludeSection = @(),

    [switch] $Force
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# What is written, in this order. A property with no word behind it is a single value. Behind the others stands what they hold:
# enum (a name, which remoting hands on as a number), list (texts in an order that counts), set (texts in any order) or objects.
$sections = @(
    @{
        Name = 'CsSipDomain'; File = 'topology'; Cmdlet = 'Get-CsSipDomain'; Key = 'Identity'
        Properties = @(
            'Identity', 'IsDefault', 'Name'
        )
    }
    @{
        Name = 'CsSite'; File = 'topology'; Cmdlet = 'Get-CsSite'; Key = 'Identity'
        Properties = @(
            'Identity', 'DefaultPersistentChatPool', 'Description', 'DisplayName', 'FederationRoute', 'ParentSite',
            'Pools:set', 'Services:set', 'SiteId', 'SiteType:enum', 'XmppFederationRoute'
        )
    }
    @{
        Name = 'CsPool'; File = 'topology'; Cmdlet = 'Get-CsPool'; Key = 'Identity'
        Properties = @(
            'Identity', 'BackupPoolFqdn', 'Computers:set', 'Fqdn', 'Services:set', 'Site'
        )
    }
    @{
        Name = 'CsComputer'; File = 'topology'; Cmdlet = 'Get-CsComputer'; Key = 'Identity'
        Properties = @(
            'Identity', 'Fqdn', 'Pool'
        )
    }
    @{
        Name = 'CsService'; File = 'topology'; Cmdlet = 'Get-CsService'; Key = 'Identity'
        Properties = @(
            'Identity', 'AccessEdgeClientSipPort', 'AccessEdgeExternalFqdn', 'AccessEdgeExternalSipPort',
            'AccessEdgeInternalSipPort', 'Active', 'ActiveServers:set', 'AlternateByPassId', 'ApplicationDatabase',
            'AppSharingPortCount', 'AppSharingPortStart', 'AppSharingSipPort', 'ArchivingDatabase', 'ArchivingServer',
            'AtsSipPort', 'AudioPortCount', 'AudioPortStart', 'AudioVideoSipPort', 'AVEdgeExternalFqdn',
            'BackupRegistrar', 'CaaSipPort', 'CasSipPort', 'CentralManagementDatabase', 'ConfDirManagementWcfTcpPort',
            'ConferenceServer', 'ConferencingServer', 'CpsSipPort', 'DataEdgeExternalFqdn', 'DataPsomClientPort',
            'DataPsomPort', 'DataPsomServerPort', 'Default', 'DependentServiceList:set', 'DiscoveryUrl', 'DisplayName',
            'EdgeServer', 'EnableAutomaticFailover', 'ExternalFqdn', 'ExternalHost', 'ExternalHttpPort',
            'ExternalHttpsPort', 'ExternalMrasFqdn', 'FailbackDetectionInterval', 'FailureDetectionInterval',
            'FileStore', 'GatewaySipClientTcpPort', 'GatewaySipClientTlsPort', 'ImSipPort', 'InternalFqdn',
            'InternalHost', 'InternalInterfaceFqdn', 'IsActive', 'IsDfsShare', 'IsDirector', 'IsExternal',
            'LyssWcfMtlsPort', 'McuFactorySipPort', 'McxSipExternalListeningPort', 'McxSipPrimaryListeningPort',
            'MediaCommunicationPortCount', 'MediaCommunicationPortStart', 'MediaRelayAuthEdgePort',
            'MediaRelayExternalTurnTcpPort', 'MediaRelayExternalTurnUdpPort', 'MediaRelayInternalTurnTcpPort',
            'MediaRelayInternalTurnUdpPort', 'MediationServer', 'MeetingPsomPort', 'MirrorArchivingDatabase',
            'MirrorMonitoringDatabase', 'MirrorUserDatabase', 'MonitoringDatabase', 'MonitoringServer', 'OutboundOnly',
            'PdpSipPort', 'PdpTurnPort', 'PersistentChatComplianceDatabase', 'PersistentChatDatabase', 'PhoneSipPort',
            'PoolFqdn', 'PrimaryHttpPort', 'PrimaryHttpsPort', 'PstnGateway', 'PublishedExternalHttpPort',
            'PublishedExternalHttpsPort', 'PublishedPrimaryHttpPort', 'PublishedPrimaryHttpsPort',
            'ReachExternalPsomServerPort', 'ReachPrimaryPsomServerPort', 'Registrar', 'RepresentativeMediaIP',
            'RgsSipPort', 'RgsWcfMtlsPort', 'RmWebSipExternalListeningPort', 'RmWebSipPrimaryListeningPort',
            'Role:enum', 'Routable', 'ServiceId', 'ShareName', 'SipClientTcpPort', 'SipClientTlsPort', 'SipHealthPort',
            'SipPort', 'SipServerPort', 'SipServerTcpPort', 'SiteId', 'SkypeSearchProxyPort', 'SqlInstanceName',
            'ThrottleAsServer', 'TreatAsAuthenticated', 'UcwaSipExternalListeningPort', 'UcwaSipPrimaryListeningPort',
            'UncPath', 'UserDatabase', 'UserPinManagementWcfHttpPort', 'UserServer', 'Version', 'VideoPortCount',
            'VideoPortStart', 'WacService', 'WebPort', 'WebServer', 'WinFabClientConnectionPort',
            'WinFabFederationPort', 'WinFabIPCPort', 'WinFabLeaseAgentPort', 'WinFabReplicationPort',
            'XmppGatewaySipPort', 'XmppInternalPort', 'XmppListeningPort'
        )
    }
    @{
        Name = 'CsSimpleUrl'; File = 'topology'; Cmdlet = 'Get-CsSimpleUrlConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'SimpleUrl:objects', 'UseBackendDatabase'
        )
    }
    @{
        Name = 'CsServerPatchVersion'; File = 'topology'; Cmdlet = 'Get-CsServerPatchVersion'; Key = 'PSComputerName'
        Properties = @(
            'PSComputerName', 'ComponentName', 'Version'
        )
    }
    @{
        Name = 'CsUser'; File = 'users'; Cmdlet = 'Get-CsUser'; Key = 'SipAddress'
        Properties = @(
            'SipAddress', 'ArchivingPolicy', 'AudioVideoDisabled', 'CallViaWorkPolicy', 'ClientPolicy',
            'ClientVersionPolicy', 'ConferencingPolicy', 'DialPlan', 'DisplayName', 'Enabled', 'EnabledForFederation',
            'EnabledForInternetAccess', 'EnabledForRichPresence', 'EnterpriseVoiceEnabled',
            'ExchangeArchivingPolicy:enum', 'ExternalAccessPolicy', 'ExUmEnabled', 'FirstName', 'Guid', 'HomeServer',
            'HostedVoiceMail', 'HostedVoicemailPolicy', 'HostingProvider', 'Identity', 'IPPBXSoftPhoneRoutingEnabled',
            'LastName', 'LineServerURI', 'LineURI', 'LocationPolicy', 'MobilityPolicy', 'Name', 'OnPremLineURI',
            'OriginatorSid', 'PersistentChatPolicy', 'PinPolicy', 'PresencePolicy', 'PrivateLine', 'ProxyAddresses:set',
            'PublicNetworkEnabled', 'RegistrarPool', 'RemoteCallControlTelephonyEnabled', 'SamAccountName', 'Sid',
            'TargetRegistrarPool', 'TargetServerIfMoving', 'TenantId', 'ThirdPartyVideoSystemPolicy',
            'UserPrincipalName', 'UserServicesPolicy', 'VoicePolicy', 'VoiceRoutingPolicy', 'WhenCreated',
            'WindowsEmailAddress'
        )
    }
    @{
        Name = 'CsUnifiedContactStore'; File = 'contacts'; Cmdlet = 'Debug-CsUnifiedContactStore'; Key = 'SipUri'
        Properties = @(
            'SipUri', 'UcsMode:enum'
        )
    }
    @{
        Name = 'CsUserServicesPolicy'; File = 'policies'; Cmdlet = 'Get-CsUserServicesPolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'EnableAwaySinceIndication', 'MigrationDelayInDays', 'UcsAllowed'
        )
    }
    @{
        Name = 'CsClientPolicy'; File = 'policies'; Cmdlet = 'Get-CsClientPolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'AddressBookAvailability:enum', 'AllowExchangeContactStore', 'AttendantSafeTransfer',
            'AutoDiscoveryRetryInterval', 'BlockConversationFromFederatedContacts', 'CalendarStatePublicationInterval',
            'ConferenceIMIdleTimeout', 'CustomizedHelpUrl', 'CustomLinkInErrorMessages', 'CustomStateUrl',
            'Description', 'DGRefreshInterval', 'DisableCalendarPresence', 'DisableContactCardOrganizationTab',
            'DisableEmailComparisonCheck', 'DisableEmoticons', 'DisableFederatedPromptDisplayName', 'DisableFeedsTab',
            'DisableFreeBusyInfo', 'DisableHandsetOnLockedMachine', 'DisableHtmlIm', 'DisableICE', 'DisableInkIM',
            'DisableMeetingSubjectAndLocation', 'DisableOneNote12Integration', 'DisableOnlineContextualSearch',
            'DisablePhonePresence', 'DisablePICPromptDisplayName', 'DisablePoorDeviceWarnings',
            'DisablePoorNetworkWarnings', 'DisablePresenceNote', 'DisableRTFIM', 'DisableSavingIM', 'DisplayPhoto:enum',
            'EnableAppearOffline', 'EnableCallLogAutoArchiving', 'EnableClientAutoPopulateWithTeam',
            'EnableClientMusicOnHold', 'EnableConversationWindowTabs', 'EnableEnterpriseCustomizedHelp',
            'EnableEventLogging', 'EnableExchangeContactsFolder', 'EnableExchangeContactSync',
            'EnableExchangeDelegateSync', 'EnableFullScreenVideo', 'EnableHighPerformanceConferencingAppSharing',
            'EnableHighPerformanceP2PAppSharing', 'EnableHotdesking', 'EnableIMAutoArchiving', 'EnableMediaRedirection',
            'EnableMeetingEngagement', 'EnableNotificationForNewSubscribers', 'EnableOnlineFeedback',
            'EnableOnlineFeedbackScreenshots', 'EnableServerConversationHistory', 'EnableSkypeUI', 'EnableSQMData',
            'EnableTracing', 'EnableUnencryptedFileTransfer', 'EnableURL', 'EnableViewBasedSubscriptionMode',
            'EnableVOIPCallDefault', 'ExcludedContactFolders', 'HelpEnvironment', 'HotdeskingTimeout',
            'IMLatencyErrorThreshold', 'IMLatencySpinnerDelay', 'IMWarning', 'MAPIPollInterval',
            'MaximumDGsAllowedInContactList', 'MaximumNumberOfContacts', 'MaxPhotoSizeKB', 'MusicOnHoldAudioFile',
            'P2PAppSharingEncryption:enum', 'PlayAbbreviatedDialTone', 'PolicyEntry:objects', 'PublicationBatchDelay',
            'RateMyCallAllowCustomUserFeedback', 'RateMyCallDisplayPercentage', 'RequireContentPin',
            'SearchPrefixFlags', 'ShowManagePrivacyRelationships', 'ShowRecentContacts', 'ShowSharepointPhotoEditLink',
            'SPSearchCenterExternalURL', 'SPSearchCenterInternalURL', 'SPSearchExternalURL', 'SPSearchInternalURL',
            'SupportModernFilePicker', 'TabURL', 'TelemetryTier', 'TracingLevel:enum', 'WebServicePollInterval'
        )
    }
    @{
        Name = 'CsMobilityPolicy'; File = 'policies'; Cmdlet = 'Get-CsMobilityPolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'AllowAutomaticPstnFallback', 'AllowCustomerExperienceImprovementProgram',
            'AllowDeviceContactsSync', 'AllowExchangeConnectivity', 'AllowSaveCallLogs', 'AllowSaveCredentials',
            'AllowSaveIMHistory', 'Description', 'EnableIPAudioVideo', 'EnableMobility', 'EnableOutsideVoice',
            'EnablePushNotifications', 'EncryptAppData', 'RequireIntune', 'RequireWIFIForIPAudio',
            'RequireWIFIForIPVideo', 'RequireWiFiForSharing', 'VoiceSettings:enum'
        )
    }
    @{
        Name = 'CsExternalAccessPolicy'; File = 'policies'; Cmdlet = 'Get-CsExternalAccessPolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'Description', 'EnableAcsFederationAccess', 'EnableFederationAccess', 'EnableOutsideAccess',
            'EnablePublicCloudAccess', 'EnablePublicCloudAudioVideoAccess', 'EnableTeamsConsumerAccess',
            'EnableTeamsConsumerInbound', 'EnableXmppAccess'
        )
    }
    @{
        Name = 'CsArchivingPolicy'; File = 'policies'; Cmdlet = 'Get-CsArchivingPolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'ArchiveExternal', 'ArchiveInternal', 'Description'
        )
    }
    @{
        Name = 'CsHostedVoicemailPolicy'; File = 'policies'; Cmdlet = 'Get-CsHostedVoicemailPolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'Description', 'Destination', 'Organization'
        )
    }
    @{
        Name = 'CsConferencingPolicy'; File = 'policies'; Cmdlet = 'Get-CsConferencingPolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'AllowAnnotations', 'AllowAnonymousParticipantsInMeetings', 'AllowAnonymousUsersToDialOut',
            'AllowConferenceRecording', 'AllowExternalUserControl', 'AllowExternalUsersToRecordMeeting',
            'AllowExternalUsersToSaveContent', 'AllowFederatedParticipantJoinAsSameEnterprise', 'AllowIPAudio',
            'AllowIPVideo', 'AllowLargeMeetings', 'AllowMultiView', 'AllowNonEnterpriseVoiceUsersToDialOut',
            'AllowOfficeContent', 'AllowParticipantControl', 'AllowPolls', 'AllowQandA', 'AllowSharedNotes',
            'AllowUserToScheduleMeetingsWithAppSharing', 'ApplicationSharingMode', 'AppSharingBitRateKb',
            'AudioBitRateKb', 'CloudRecordingServiceSupport:enum', 'Description', 'DisablePowerPointAnnotations',
            'EnableAppDesktopSharing:enum', 'EnableDataCollaboration', 'EnableDialInConferencing', 'EnableFileTransfer',
            'EnableMultiViewJoin', 'EnableOnlineMeetingPromptForLyncResources', 'EnableP2PFileTransfer',
            'EnableP2PRecording', 'EnableP2PVideo', 'EnableReliableConferenceDeletion', 'FileTransferBitRateKb',
            'MaxMeetingSize', 'MaxVideoConferenceResolution:enum', 'TotalReceiveVideoBitRateKb', 'VideoBitRateKb'
        )
    }
    @{
        Name = 'CsVoicePolicy'; File = 'policies'; Cmdlet = 'Get-CsVoicePolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'AllowCallForwarding', 'AllowPSTNReRouting', 'AllowSimulRing',
            'CallForwardingSimulRingUsageType:enum', 'CustomCallForwardingSimulRingUsages:list', 'Description',
            'EnableBusyOptions', 'EnableBWPolicyOverride', 'EnableCallPark', 'EnableCallTransfer', 'EnableDelegation',
            'EnableMaliciousCallTracing', 'EnableTeamCall', 'EnableVoicemailEscapeTimer', 'Name',
            'PreventPSTNTollBypass', 'PstnUsages:list', 'PSTNVoicemailEscapeTimer', 'VoiceDeploymentMode:enum'
        )
    }
    @{
        Name = 'CsPresencePolicy'; File = 'policies'; Cmdlet = 'Get-CsPresencePolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'Description', 'MaxCategorySubscription', 'MaxPromptedSubscriber'
        )
    }
    @{
        Name = 'CsPinPolicy'; File = 'policies'; Cmdlet = 'Get-CsPinPolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'AllowCommonPatterns', 'Description', 'MaximumLogonAttempts', 'MinPasswordLength',
            'PINHistoryCount', 'PINLifetime'
        )
    }
    @{
        Name = 'CsClientVersionPolicy'; File = 'policies'; Cmdlet = 'Get-CsClientVersionPolicy'; Key = 'Identity'
        Properties = @(
            'Identity', 'Description', 'Rules:objects'
        )
    }
    @{
        Name = 'CsWebServiceConfiguration'; File = 'settings'; Cmdlet = 'Get-CsWebServiceConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'AllowAnonymousAccessToLWAConference', 'AllowExternalAuthentication', 'AutoLaunchLyncWebAccess',
            'CASigningKeyLength', 'CorsPreflightResponseMaxAgeInSeconds', 'CrossDomainAuthorizationList:objects',
            'DefaultValidityPeriodHours', 'EnableCertChainDownload', 'EnableCORS', 'EnableGroupExpansion',
            'EnableMediaBasicAuth', 'EnableStatisticsInResponse', 'HstsMaxAgeInSeconds', 'InferCertChainFromSSL',
            'JoinLauncherCdnConfigUri', 'JoinLauncherCdnTimeout', 'LWACdnConfigUri', 'MACResolverUrl', 'MaxCSRKeySize',
            'MaxGroupSizeToExpand', 'MaxValidityPeriodHours', 'MeetingUxEnableTelemetry', 'MeetingUxUseCdn',
            'MinCSRKeySize', 'MinValidityPeriodHours', 'MobilePreferredAuthType:enum',
            'OverrideAuthTypeForExternalClients', 'OverrideAuthTypeForInternalClients', 'PendingGetWaitSupportingApps',
            'PendingGetWaitTimeOutInMinutes', 'SecondaryLocationSourceUrl', 'ShowAlternateJoinOptionsExpanded',
            'ShowDownloadCommunicatorAttendeeLink', 'ShowJoinUsingLegacyClientLink', 'UseCertificateAuth',
            'UseDomainAuthInLWA', 'UsePinAuth', 'UseWebClientLegacyUI', 'UseWindowsAuth:enum', 'UseWsFedPassiveAuth',
            'WsFedPassiveMetadataUri'
        )
    }
    @{
        Name = 'CsProxyConfiguration'; File = 'settings'; Cmdlet = 'Get-CsProxyConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'AcceptClientCompression', 'AcceptServerCompression', 'AllowPartnerPollingSubscribes',
            'DisableNtlmFor2010AndLaterClients', 'DnsCacheRecordCount', 'EnableLoggingAllMessageBodies',
            'EnableWhiteSpaceKeepAlive', 'LoadBalanceEdgeServers', 'LoadBalanceInternalServers',
            'MaxClientCompressionCount', 'MaxClientMessageBodySizeKb', 'MaxKeepAliveInterval',
            'MaxServerCompressionCount', 'MaxServerMessageBodySizeKb', 'OutgoingTlsCount', 'Realm',
            'RequestServerCompression', 'SpecialConfigurationList', 'TestFeatureList', 'TestParameterList',
            'TreatAllClientsAsRemote', 'UseCertificateForClientToProxyAuth', 'UseKerberosForClientToProxyAuth',
            'UseNtlmForClientToProxyAuth'
        )
    }
    @{
        Name = 'CsRegistrarConfiguration'; File = 'settings'; Cmdlet = 'Get-CsRegistrarConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'BackupStoreUnavailableThreshold', 'DefaultEndpointExpiration', 'EnableDHCPServer',
            'EnableWinFabLogUpload', 'MaxEndpointExpiration', 'MaxEndpointsPerUser', 'MaxUserCount',
            'MinEndpointExpiration', 'PoolState:enum', 'UserCertificateReplicationThreshold', 'WinFabMaxLogsSizeMb'
        )
    }
    @{
        Name = 'CsUserServicesConfiguration'; File = 'settings'; Cmdlet = 'Get-CsUserServicesConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'AllowNonRoomSystemNotification', 'AnonymousUserGracePeriod', 'DeactivationGracePeriod',
            'DefaultSubscriptionExpiration', 'MaintenanceTimeOfDay', 'MaxContacts', 'MaxPersonalNotes',
            'MaxScheduledMeetingsPerOrganizer', 'MaxSubscriptionExpiration', 'MaxSubscriptions',
            'MinSubscriptionExpiration', 'PresenceProviders:objects', 'SubscribeToCollapsedDG'
        )
    }
    @{
        Name = 'CsArchivingConfiguration'; File = 'settings'; Cmdlet = 'Get-CsArchivingConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'ArchiveDuplicateMessages', 'BlockOnArchiveFailure', 'CachePurgingInterval',
            'EnableArchiving:enum', 'EnableExchangeArchiving', 'EnablePurging', 'KeepArchivingDataForDays',
            'PurgeExportedArchivesOnly', 'PurgeHourOfDay'
        )
    }
    @{
        Name = 'CsMcxConfiguration'; File = 'settings'; Cmdlet = 'Get-CsMcxConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'ExposedWebURL:enum', 'PushNotificationProxyUri', 'SessionExpirationInterval',
            'SessionShortExpirationInterval'
        )
    }
    @{
        Name = 'CsImConfiguration'; File = 'settings'; Cmdlet = 'Get-CsImConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'EnableOfflineIm'
        )
    }
    @{
        Name = 'CsPrivacyConfiguration'; File = 'settings'; Cmdlet = 'Get-CsPrivacyConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'AutoInitiateContacts', 'DisplayPublishedPhotoDefault', 'EnablePrivacyMode',
            'PublishLocationDataDefault'
        )
    }
    @{
        Name = 'CsClientVersionConfiguration'; File = 'settings'; Cmdlet = 'Get-CsClientVersionConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'DefaultAction:enum', 'DefaultURL', 'Enabled'
        )
    }
    @{
        Name = 'CsOAuthConfiguration'; File = 'settings'; Cmdlet = 'Get-CsOAuthConfiguration'; Key = 'Identity'
        Properties = @(
            'Identity', 'AdditionalAudienceUrls', 'AlternateAudienceUrl', 'ClientAdalAuthOverride:enum',
            'ClientAuthorizationOAuthServerIdentity', 'ExchangeAutodiscoverAllowedDomains', 'ExchangeAutodiscoverUrl',
            'Realm', 'ServiceName'
        )
    }
    @{
        Name = 'CsOAuthServer'; File = 'settings'; Cmdlet = 'Get-CsOAuthServer'; Key = 'Identity'
        Properties = @(
            'Identity', 'AcceptSecurityIdentifierInformation', 'AuthorizationUriOverride', 'IssuerIdentifier',
            'MetadataUrl', 'Name', 'Realm', 'Type'
        )
    }
    @{
        Name = 'CsPartnerApplication'; File = 'settings'; Cmdlet = 'Get-CsPartnerApplication'; Key = 'Identity'
        Properties = @(
            'Identity', 'AcceptSecurityIdentifierInformation', 'ApplicationIdentifier', 'ApplicationTrustLevel:enum',
            'AuthToken', 'Enabled', 'MetadataUrl', 'Name', 'Realm', 'UseOAuthServer'
        )
    }
    @{
        Name = 'CsAuthConfig'; File = 'settings'; Cmdlet = 'Get-CsAuthConfig'; Key = 'Identity'
        Properties = @(
            'Identity', 'Pool', 'Scenario:enum'
        )
    }
)

foreach ($entry in $sections) {
    $entry.Columns = @(foreach ($property in $entry.Properties) {
            $name, $kind = $property -split ':'
            [pscustomobject] @{ Name = $name; Kind = "$kind" }
        })
}

# What PowerShell adds to what it prints.
$noise = @(
    'XsAnyElements', 'XsAnyAttributes', 'Element', 'Anchor', 'Key', 'ScopeClass', 'TypedIdentity', 'ConfigMetadata',
    'DataSource', 'PSComputerName', 'RunspaceId', 'PSShowComputerName'
)

# A text that matches any of these stands in quotes. They are tried without regard to case.
$quoted = @(
    '^$' # would be null
    '^[^\p{L}0-9_/\\]' # may mean something to YAML: - ? : , [ ] { } # & * ! | > ' " % @ ` and . of a number
    '[^\p{L}\p{M}0-9 _./@:\\=,;&+*%$!?''"()~^|<>{}[\]#-]' # line breaks, tabs, what nobody can see, and all that is rare
    ':(?: |$)' # a key
    ' #' # a comment
    ' $' # would be lost
    '^(?:true|false|null|yes|no|on|off|y|n)$' # a boolean to some reader, or null
    '^[0-9][0-9_,]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?$' # a number
    '^e[-+]?[0-9]+$' # taken for a number without digits by some
    '^0(?:x[0-9a-f_]+|o[0-7_]+|b[01_]+)$' # a number, too
    '^[0-9]+(?::[0-9]+)+(?:\.[0-9]*)?$' # a number of base 60 to YAML 1.1
    '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}' # a date to YAML 1.1
) -join '|'

# What is written as a code between double quotes: those, the backslash, and what nobody can see.
$coded = '[\ud800-\udbff][\udc00-\udfff]|["\\\p{C}\p{Zl}\p{Zp}]'

# A value that may be a key or a certificate is no text that anybody reads, and never written.
$secret = '[A-Za-z0-9+/]{200}|-----BEGIN '
$secretName = 'Certificate|RawData|Password|Passcode|Secret|PrivateKey'

# Roles of servers and devices that have no component of Lync Server to ask for a version.
$rolesWithoutLync = '^(?:.*Database|FileStore|.*Gateway|Wac.*|TrustedApplicationPool|External.*)$'

$header = '# Written by Export-LyncDeployment.ps1. A property without a value is not set.'
$utf8 = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
$ignoringCase = [System.StringComparer]::OrdinalIgnoreCase
$problems = @{}
$unavailable = @{}
$mostProblems = 20
$written = New-Object -TypeName 'System.Collections.Generic.List[string]'

# --- Asking ----------------------------------------------------------------------------------------------------------------

# Calls a cmdlet and hands on its objects one by one. What fails is kept for the file, and the rest goes on.
function Read-Object {
    param([string] $File, [string] $Cmdlet, [hashtable] $Arguments = @{})

    $failed = $null
    try {
        & $Cmdlet @Arguments -ErrorAction SilentlyContinue -ErrorVariable failed
    } catch {
        Add-Problem -File $File -Cmdlet $Cmdlet -Message $_.Exception.Message
    }
    foreach ($record in $failed) { Add-Problem -File $File -Cmdlet $Cmdlet -Message "$record" }
}

# Whether this version of the product has a cmdlet. One that it has not is kept for the file.
function Test-Cmdlet {
    param([string] $File, [string] $Cmdlet)

    if (Get-Command -Name $Cmdlet -ErrorAction SilentlyContinue) { return $true }
    if (-not $unavailable.ContainsKey($File)) { $unavailable[$File] = @() }
    $unavailable[$File] += $Cmdlet
    return $false
}

# What a server says of itself. The cmdlet came in November 2015; before that, Programs and Features had the versions, which are
# in the registry.
$readPatchVersion = {
    if (Get-Command -Name Get-CsServerPatchVersion -ErrorAction SilentlyContinue) {
        Get-CsServerPatchVersion | Select-Object -Property 'ComponentName', 'Version'
        return
    }
    $component = @{ Name = 'ComponentName'; Expression = { $_.DisplayName } }
    $version = @{ Name = 'Version'; Expression = { $_.DisplayVersion } }
    Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*' |
        Where-Object { $_.DisplayName -match '^(Microsoft )?(Lync|Skype for Business) Server 20' } |
        Select-Object -Property $component, $version
}

# The components of all servers with their versions. Each is asked for its own: no cmdlet knows those of another.
function Read-PatchVersion {
    $computers = @(
        Read-Object -File 'topology' -Cmdlet 'Get-CsPool' | Where-Object { Test-HasLync -Pool $_ } |
            ForEach-Object { $_.Computers } | ForEach-Object { "$_" }
    )
    if ($computers.Count -eq 0) {
        $message = 'Get-CsPool named no computer with components of Lync Server.'
        Add-Problem -File 'topology' -Cmdlet 'Get-CsServerPatchVersion' -Message $message
        return
    }
    $failed = $null
    try {
        Invoke-Command -ComputerName $computers -ScriptBlock $readPatchVersion -ErrorAction SilentlyContinue -ErrorVariable failed
    } catch {
        Add-Problem -File 'topology' -Cmdlet 'Get-CsServerPatchVersion' -Message $_.Exception.Message
    }
    foreach ($record in $failed) {
        Add-Problem -File 'topology' -Cmdlet 'Get-CsServerPatchVersion' -Message "$record"
    }
}

# Whether the computers of a pool have components of Lync Server: databases, gateways and the like have none.
function Test-HasLync {
    param($Pool)

    foreach ($service in $Pool.Services) {
        $role = ("$service" -split ':')[0]
        if ($role -notmatch $rolesWithoutLync) { return $true }
    }
    return $false
}

# Keeps what failed, once. Of many errors of one cmdlet the first are kept, and how many there were.
function Add-Problem {
    param([string] $File, [string] $Cmdlet, [string] $Message)

    if (-not $problems.ContainsKey($File)) { $problems[$File] = @{} }
    $ofFile = $problems[$File]
    if (-not $ofFile.ContainsKey($Cmdlet)) { $ofFile[$Cmdlet] = @{ Messages = @(); More = 0 } }
    $ofCmdlet = $ofFile[$Cmdlet]
    $line = ($Message -replace '\s+', ' ').Trim()
    if ($ofCmdlet.Messages -contains $line) { return }
    if ($ofCmdlet.Messages.Count -lt $mostProblems) { $ofCmdlet.Messages += $line } else { $ofCmdlet.More++ }
}

# --- YAML ------------------------------------------------------------------------------------------------------------------

# A text as a plain or a quoted scalar.
function Format-Text {
    param([string] $Text)

    if ($Text -notmatch $quoted) { return $Text }
    return '"' + [regex]::Replace($Text, $coded, {
            param($found)
            switch -CaseSensitive ($found.Value) {
                '"' { return '\"' }
                '\' { return '\\' }
                "`n" { return '\n' }
                "`r" { return '\r' }
                "`t" { return '\t' }
            }
            if ($found.Length -eq 2) { return '\U{0:X8}' -f [char]::ConvertToUtf32($found.Value, 0) }
            # Half a pair is no character, and cannot be written.
            if ([char]::IsSurrogate($found.Value, 0)) { return '\uFFFD' }
            return '\u{0:X4}' -f [int] $found.Value[0]
        }) + '"'
}

# A single value. Nothing for null.
function Format-Value {
    param($Value, [string] $Kind)

    if ($null -eq $Value) { return '' }
    if ($Value -is [string]) { return Format-Text -Text $Value }
    # Whether it is the enumeration itself or, after remoting, a number with a name: as a text it is the name.
    if ($Kind -eq 'enum' -or $Value -is [enum]) { return Format-Text -Text "$Value" }
    if ($Value -is [bool]) { if ($Value) { return 'true' } else { return 'false' } }
    # [d.]hh:mm:ss, in any culture.
    if ($Value -is [timespan]) { return $Value.ToString('c') }
    if ($Value -is [datetime]) {
        return $Value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", [System.Globalization.CultureInfo]::InvariantCulture)
    }
    if ($Value -is [System.IFormattable] -and $Value -is [valuetype] -and $Value -isnot [guid]) {
        return $Value.ToString($null, [System.Globalization.CultureInfo]::InvariantCulture)
    }
    return Format-Text -Text (Get-Name -Value $Value)
}

# What a pool, a policy or anything else is called: such values are objects on a server, and texts after remoting.
function Get-Name {
    param($Value)

    if ($null -eq $Value) { return '' }
    $name = $Value.PSObject.Properties['FriendlyName']
    if ($null -ne $name -and $null -ne $name.Value) { return "$($name.Value)" }
    return "$Value"
}

# Whether a value is written as a single one.
function Test-Single {
    param($Value)

    return $null -eq $Value -or $Value -is [string] -or $Value -is [valuetype] -or $Value -is [uri] -or $Value -is [version] -or
        $null -ne $Value.PSObject.Properties['FriendlyName']
}

# The lines of a property. None for a value that looks like a secret.
function Add-Property {
    param([System.Text.StringBuilder] $Text, [string] $Lead, [string] $Name, [string] $Kind, $Value, [int] $Depth = 0)

    $indent = ' ' * ($Lead.Length + 2)
    if ($null -eq $Value) {
        $null = $Text.Append("$Lead${Name}:`n")
        return
    }
    if ($Kind -eq '' -or $Kind -eq 'enum') {
        $line = Format-Value -Value $Value -Kind $Kind
        if ($line -notmatch $secret) { $null = $Text.Append("$Lead${Name}: $line`n") }
        return
    }
    $items = @($Value)
    if ($items.Count -eq 0) {
        $null = $Text.Append("$Lead${Name}: []`n")
        return
    }
    $null = $Text.Append("$Lead${Name}:`n")
    if ($Kind -eq 'objects') {
        foreach ($item in $items) { Add-Mapping -Text $Text -Indent $indent -Item $item -Depth $Depth }
        return
    }
    $names = New-Object -TypeName 'System.Collections.Generic.List[string]'
    foreach ($item in $items) { $names.Add((Get-Name -Value $item)) }
    if ($Kind -eq 'set') { $names.Sort($ignoringCase) }
    foreach ($name in $names) { $null = $Text.Append("$indent- $(Format-Text -Text $name)`n") }
}

# An object in a list, with all that it says: the sections' table does not reach so far down.
function Add-Mapping {
    param([System.Text.StringBuilder] $Text, [string] $Indent, $Item, [int] $Depth)

    if ((Test-Single -Value $Item) -or $Depth -ge 3) {
        $null = $Text.Append("$Indent- $(Format-Value -Value $Item -Kind '')`n")
        return
    }
    $lead = "$Indent- "
    foreach ($property in $Item.PSObject.Properties) {
        if ($noise -contains $property.Name -or $property.Name -match $secretName) { continue }
        $kind = ''
        if (-not (Test-Single -Value $property.Value)) { $kind = 'objects' }
        $length = $Text.Length
        Add-Property -Text $Text -Lead $lead -Name $property.Name -Kind $kind -Value $property.Value -Depth ($Depth + 1)
        if ($Text.Length -gt $length) { $lead = "$Indent  " }
    }
    if ($lead.EndsWith('- ')) { $null = $Text.Append("$Indent- {}`n") }
}

# An object of a section: a line or more for each property of the table that it has.
function Format-Item {
    param([hashtable] $Entry, $Item)

    $text = New-Object -TypeName System.Text.StringBuilder
    $lead = '  - '
    foreach ($column in $Entry.Columns) {
        $found = $Item.PSObject.Properties[$column.Name]
        if ($null -eq $found) { continue }
        Add-Property -Text $text -Lead $lead -Name $column.Name -Kind $column.Kind -Value $found.Value
        if ($text.Length -gt 0) { $lead = '    ' }
    }
    return $text.ToString()
}

# The text of an object, or none where it cannot be had, which is kept for the file.
function Format-OrKeepProblem {
    param([hashtable] $Entry, $Item)

    try {
        return Format-Item -Entry $Entry -Item $Item
    } catch {
        Add-Problem -File $Entry.File -Cmdlet $Entry.Cmdlet -Message $_.Exception.Message
        return ''
    }
}

# The property that a section's objects are sorted by, as a text.
function Get-Key {
    param($Item, [string] $Name)

    $found = $Item.PSObject.Properties[$Name]
    if ($null -eq $found) { return '' }
    return Get-Name -Value $found.Value
}

# Sorted by code, not by the rules of a language: the same on every server.
function New-Sorted {
    $type = 'System.Collections.Generic.SortedDictionary[string,object]'
    return New-Object -TypeName $type -ArgumentList $ignoringCase
}

# --- Files -----------------------------------------------------------------------------------------------------------------

# What stands above the sections of a file.
function Get-Head {
    param([string] $File)

    $text = New-Object -TypeName System.Text.StringBuilder
    $null = $text.Append("$header`n")
    if ($problems.ContainsKey($File)) {
        $null = $text.Append("x-export-errors:`n")
        foreach ($cmdlet in ($problems[$File].Keys | Sort-Object)) {
            $ofCmdlet = $problems[$File][$cmdlet]
            $messages = @($ofCmdlet.Messages)
            if ($ofCmdlet.More -gt 0) { $messages += "$($ofCmdlet.More) more errors like these." }
            foreach ($message in $messages) {
                $null = $text.Append("  - cmdlet: $cmdlet`n    error: $(Format-Text -Text $message)`n")
            }
        }
    }
    if ($unavailable.ContainsKey($File)) {
        $null = $text.Append("x-not-available:`n")
        foreach ($cmdlet in $unavailable[$File]) { $null = $text.Append("  - $cmdlet`n") }
    }
    return $text.ToString()
}

# Puts a finished file in its place. Until then an earlier one stays whole.
function Move-IntoPlace {
    param([string] $Path)

    Move-Item -LiteralPath "$Path.tmp" -Destination $Path -Force
    $written.Add($Path)
}

function Write-SmallFile {
    param([string] $File, [string] $Body)

    $path = Join-Path -Path $folder -ChildPath "$File.lync.yaml"
    [System.IO.File]::WriteAllText("$path.tmp", (Get-Head -File $File) + $Body, $utf8)
    Move-IntoPlace -Path $path
}

# A section from the lines of its objects. One that could not be read is left out: an empty list would say that there are none.
function Format-Section {
    param([hashtable] $Entry, $Sorted)

    if ($Sorted.Count -eq 0) {
        $failed = $problems.ContainsKey($Entry.File) -and $problems[$Entry.File].ContainsKey($Entry.Cmdlet)
        if ($failed) { return '' } else { return "$($Entry.Name): []`n" }
    }
    return "$($Entry.Name):`n" + (-join $Sorted.Values)
}

# A file of sections that are small enough to be held.
function Export-Section {
    param([string] $File, [object[]] $Entries)

    $body = ''
    foreach ($entry in $Entries) {
        Show-Progress -Name $entry.Name
        $isPatchVersion = $entry.Name -eq 'CsServerPatchVersion'
        if (-not $isPatchVersion -and -not (Test-Cmdlet -File $File -Cmdlet $entry.Cmdlet)) { continue }
        $sorted = New-Sorted
        & {
            if ($isPatchVersion) { Read-PatchVersion } else { Read-Object -File $File -Cmdlet $entry.Cmdlet }
        } | ForEach-Object {
            $text = Format-OrKeepProblem -Entry $entry -Item $_
            # What has no name, or the name of another, is sorted by all that it says.
            if ($text -ne '') { $sorted["$(Get-Key -Item $_ -Name $entry.Key)`n$text"] = $text }
        }
        $body += Format-Section -Entry $entry -Sorted $sorted
    }
    Write-SmallFile -File $File -Body $body
}

# The users, a file for each pool. There may be hundreds of thousands, in no order: their lines go to a file, and what is held of
# each is a name and the place in that file. Then the lines are fetched in the order of the names.
function Export-User {
    param([hashtable] $Entry)

    if (-not (Test-Cmdlet -File 'users' -Cmdlet $Entry.Cmdlet)) { return }
    $users = Join-Path -Path $folder -ChildPath 'users'
    $null = New-Item -Path $users -ItemType Directory -Force
    $spool = Join-Path -Path $folder -ChildPath 'users.tmp'
    $places = New-Sorted
    $lines = New-Object -TypeName System.IO.FileStream -ArgumentList $spool, 'Create', 'ReadWrite'
    $out = $null
    $path = ''
    try {
        Read-Object -File 'users' -Cmdlet $Entry.Cmdlet | ForEach-Object {
            if ($places.Count % 100 -eq 0) { Show-Progress -Name $Entry.Name -Count $places.Count }
            $text = Format-OrKeepProblem -Entry $Entry -Item $_
            if ($text -ne '') {
                $bytes = $utf8.GetBytes($text)
                $pool = Get-Key -Item $_ -Name 'RegistrarPool'
                $name = "$pool`n$(Get-Key -Item $_ -Name $Entry.Key)`n$(Get-Key -Item $_ -Name 'Identity')"
                $places[$name] = [long[]] @($lines.Position, $bytes.Length)
                $lines.Write($bytes, 0, $bytes.Length)
            }
        }
        $head = $utf8.GetBytes((Get-Head -File 'users') + "$($Entry.Name):`n")
        foreach ($place in $places.GetEnumerator()) {
            $pool, $name = $place.Key -split "`n"
            $next = Get-UserFile -Folder $users -Pool $pool
            if ($next -ne $path) {
                if ($null -ne $out) {
                    $out.Dispose()
                    Move-IntoPlace -Path $path
                }
                $path = $next
                $out = New-Object -TypeName System.IO.FileStream -ArgumentList "$path.tmp", 'Create', 'Write'
                $out.Write($head, 0, $head.Length)
            }
            Copy-Byte -From $lines -To $out -Place $place.Value
        }
        if ($null -ne $out) {
            $out.Dispose()
            Move-IntoPlace -Path $path
        }
    } finally {
        if ($null -ne $out) { $out.Dispose() }
        $lines.Dispose()
        Remove-Item -LiteralPath $spool
        if ($path -ne '' -and (Test-Path -LiteralPath "$path.tmp")) { Remove-Item -LiteralPath "$path.tmp" }
    }
    if ($places.Count -gt 0) {
        Remove-OldUserFile -Folder $users
    } else {
        $path = Get-UserFile -Folder $users -Pool ''
        $nobody = Format-Section -Entry $Entry -Sorted $places
        [System.IO.File]::WriteAllText("$path.tmp", (Get-Head -File 'users') + $nobody, $utf8)
        Move-IntoPlace -Path $path
    }
}

# The file of a pool's users.
function Get-UserFile {
    param([string] $Folder, [string] $Pool)

    $name = $Pool.ToLowerInvariant() -replace '[^a-z0-9.-]', '-'
    if ($name -eq '') { $name = 'without-pool' }
    return Join-Path -Path $Folder -ChildPath "$name.lync.yaml"
}

function Copy-Byte {
    param([System.IO.Stream] $From, [System.IO.Stream] $To, [long[]] $Place)

    $bytes = New-Object -TypeName 'byte[]' -ArgumentList $Place[1]
    $null = $From.Seek($Place[0], 'Begin')
    $count = 0
    while ($count -lt $bytes.Length) {
        $more = $From.Read($bytes, $count, $bytes.Length - $count)
        if ($more -eq 0) { throw "The file '$($From.Name)' ends too early." }
        $count += $more
    }
    $To.Write($bytes, 0, $bytes.Length)
}

# A pool that has lost its last user has a file of an earlier export. Only files that this script wrote are removed.
function Remove-OldUserFile {
    param([string] $Folder)

    $new = @($written | ForEach-Object { Split-Path -Path $_ -Leaf })
    foreach ($file in (Get-ChildItem -Path $Folder -Filter '*.lync.yaml')) {
        if ($new -contains $file.Name) { continue }
        if ((Get-Content -LiteralPath $file.FullName -TotalCount 1) -eq $header) { Remove-Item -LiteralPath $file.FullName }
    }
}

# Whose contacts are in Exchange. A pool says how many there are, not whose they are: where there are any, or where it cannot say,
# its users are asked for one by one.
function Export-Contact {
    param([hashtable] $Entry)

    $body = ''
    if (Test-Cmdlet -File 'contacts' -Cmdlet $Entry.Cmdlet) {
        $sorted = New-Sorted
        $none = New-Object -TypeName 'System.Collections.Generic.List[string]'
        $servers = @(Read-Object -File 'contacts' -Cmdlet 'Get-CsService' -Arguments @{ UserServer = $true } |
                ForEach-Object { Get-Key -Item $_ -Name 'PoolFqdn' })
        $pools = @(Read-Object -File 'contacts' -Cmdlet 'Get-CsService' -Arguments @{ Registrar = $true } |
                ForEach-Object { Get-Key -Item $_ -Name 'PoolFqdn' })
        foreach ($pool in $pools) {
            # A Survivable Branch Appliance keeps no contacts. Those of its users are on another pool, which does not count them.
            if ($servers -contains $pool) {
                Show-Progress -Name $Entry.Name -Of $pool
                $counts = @(Read-Object -File 'contacts' -Cmdlet $Entry.Cmdlet -Arguments @{ PoolFqdn = $pool })
                if (Test-NoneInExchange -Counts $counts) {
                    $none.Add($pool)
                    continue
                }
            }
            Read-ContactStore -Entry $Entry -Pool $pool | ForEach-Object {
                $sorted["$($_.SipUri)"] = Format-Item -Entry $Entry -Item $_
            }
        }
        if ($none.Count -gt 0) {
            $none.Sort($ignoringCase)
            $body = "x-pools-without-contacts-in-exchange:`n"
            foreach ($pool in $none) { $body += "  - $(Format-Text -Text $pool)`n" }
        }
        # Nobody who was asked is not the same as nobody.
        if ($sorted.Count -gt 0) { $body += Format-Section -Entry $Entry -Sorted $sorted }
    }
    Write-SmallFile -File 'contacts' -Body $body
}

# Whether the Front End Servers of a pool say that nobody's contacts are, or are just going, to Exchange.
function Test-NoneInExchange {
    param([object[]] $Counts)

    if ($Counts.Count -eq 0) { return $false }
    foreach ($server in $Counts) {
        foreach ($name in 'UcsMigratedCount', 'UcsMigratingCount') {
            $count = $server.PSObject.Properties[$name]
            if ($null -eq $count -or "$($count.Value)" -ne '0') { return $false }
        }
    }
    return $true
}

# The users of a pool with the state of their contacts. After ten failures in a row no more are asked for: it is the pool that
# does not answer.
function Read-ContactStore {
    param([hashtable] $Entry, [string] $Pool)

    # All addresses first: over implicit remoting no cmdlet can be called while another is still answering.
    $addresses = @(Read-Object -File 'contacts' -Cmdlet 'Get-CsUser' -Arguments @{ Filter = "RegistrarPool -eq `"$Pool`"" } |
            ForEach-Object { Get-Key -Item $_ -Name 'SipAddress' })
    $asked = 0
    $failures = 0
    foreach ($address in $addresses) {
        if ($asked % 20 -eq 0) { Show-Progress -Name $Entry.Name -Of $Pool -Count $asked }
        $asked++
        try {
            $state = Debug-CsUnifiedContactStore -Identity $address -ErrorAction Stop
            $mode = "$($state.UcsMode)"
            $failures = 0
        } catch {
            Add-Problem -File 'contacts' -Cmdlet $Entry.Cmdlet -Message "${address}: $($_.Exception.Message)"
            $failures++
            if ($failures -lt 10) { continue }
            Add-Problem -File 'contacts' -Cmdlet $Entry.Cmdlet -Message "${Pool}: the other users of the pool were not asked for."
            return
        }
        [pscustomobject] @{ SipUri = $address; UcsMode = $mode }
    }
}

# --- What is done ----------------------------------------------------------------------------------------------------------

function Show-Progress {
    param([string] $Name, [string] $Of = '', [int] $Count = -1)

    $status = $Name
    if ($Of -ne '') { $status += " of $Of" }
    if ($Count -ge 0) { $status += ", $Count so far" }
    $index = [array]::IndexOf($chosenNames, $Name)
    Write-Progress -Activity 'Exporting the deployment' -Status $status -PercentComplete (100 * $index / $chosenNames.Count)
}

function Test-Chosen {
    param([string] $Name)

    $isIn = @($Section | Where-Object { $Name -like $_ }).Count -gt 0
    return $isIn -and @($ExcludeSection | Where-Object { $Name -like $_ }).Count -eq 0
}

$chosen = @($sections | Where-Object { Test-Chosen -Name $_.Name })
if ($chosen.Count -eq 0) { throw "No section is called '$($Section -join "', '")' and not excluded. There are: $(
        ($sections | ForEach-Object { $_.Name }) -join ', ')." }
$chosenNames = @($chosen | ForEach-Object { $_.Name })
$chosenFiles = @($chosen | ForEach-Object { $_.File } | Select-Object -Unique)

$folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputFolder)
if (-not $Force) {
    $there = @($chosenFiles | ForEach-Object {
            if ($_ -eq 'users') { Join-Path -Path $folder -ChildPath 'users\*.lync.yaml' }
            else { Join-Path -Path $folder -ChildPath "$_.lync.yaml" }
        } | Where-Object { Test-Path -Path $_ })
    if ($there.Count -gt 0) {
        throw "There is an export already: $($there -join ', '). Use -Force to replace it, or -OutputFolder for another folder."
    }
}
if (-not (Get-Command -Name Get-CsPool -ErrorAction SilentlyContinue)) {
    throw 'Get-CsPool is not there. Run this script in the Lync Server Management Shell, or in that of Skype for Business Server.'
}
$null = New-Item -Path $folder -ItemType Directory -Force

foreach ($file in $chosenFiles) {
    $entries = @($chosen | Where-Object { $_.File -eq $file })
    switch ($file) {
        'users' { Export-User -Entry $entries[0] }
        'contacts' { Export-Contact -Entry $entries[0] }
        default { Export-Section -File $file -Entries $entries }
    }
}
Write-Progress -Activity 'Exporting the deployment' -Completed
if ($problems.Count -gt 0) {
    Write-Warning -Message "Not everything could be read: see x-export-errors at the top of the files ($(
        ($problems.Keys | Sort-Object) -join ', '))."
}
foreach ($path in $written) { Get-Item -LiteralPath $path }
