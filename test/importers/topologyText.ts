/** Topology documents as Lync writes them, small. */

const deploy = 'urn:schema:Microsoft.Rtc.Management.Deploy';
const ports = `xmlns="${deploy}.ServiceRoles.2008"`;

/** A Standard Edition server, as Get-CsTopology -AsXml prints it: lines end as on Windows, and there is no declaration. */
export const published =
  `<Topology xmlns="${deploy}.Topology.2008" Signature="bd39024c-6b05-49e9-9388-d45e4f6d5ea5">
  <InternalDomains AllowAllDomains="false" DefaultDomain="contoso.com">
    <InternalDomain Name="contoso.com" Authoritative="false" AllowSubDomains="false" />
    <InternalDomain Name="fabrikam.com" Authoritative="false" AllowSubDomains="true" />
  </InternalDomains>
  <Sites>
    <CentralSite SiteId="1">
      <Name>Dublin &amp; Cork</Name>
      <Description>Where it began</Description>
      <Location City="Dublin" State="" CountryCode="IE" />
    </CentralSite>
  </Sites>
  <Clusters>
    <Cluster RequiresReplication="true" RequiresSetup="true" Fqdn="SE01.contoso.com">
      <ClusterId SiteId="1" Number="1" />
      <Machine OrdinalInCluster="1" Fqdn="SE01.contoso.com" FaultDomain="SE01.contoso.com" UpgradeDomain="SE01.contoso.com">
        <NetInterface InterfaceSide="Primary" InterfaceNumber="1" IPAddress="0.0.0.0" />
      </Machine>
    </Cluster>
  </Clusters>
  <SqlInstances>
    <SqlInstance>
      <SqlInstanceId Name="rtc">
        <ClusterId SiteId="1" Number="1" />
      </SqlInstanceId>
    </SqlInstance>
  </SqlInstances>
  <Services>
    <Service RoleVersion="2" ServiceVersion="8" Type="${deploy}.Internal.ServiceRoles.RegistrarService">
      <ServiceId SiteId="1" RoleName="Registrar" Instance="1" />
      <DependsOn>
        <Dependency Usage="Default">
          <ServiceId SiteId="1" RoleName="WebServices" Instance="1" />
        </Dependency>
      </DependsOn>
      <InstalledOn>
        <ClusterId SiteId="1" Number="1" />
      </InstalledOn>
      <Ports ${ports}>
        <Port Owner="urn:component:Registrar" Usage="SipServer" InterfaceSide="Primary" InterfaceNumber="1" Port="5061" Protocol="Mtls" UrlPath="/" AuthorizesRequests="true" GruuType="HomeServer" />
        <Port Owner="urn:component:QoE" Usage="SipServer" InterfaceSide="Primary" InterfaceNumber="1" Port="5061" Protocol="Mtls" UrlPath="/LiveServer/QoE/" AuthorizesRequests="true" GruuType="QoS" />
      </Ports>
      <RegistrarService ${ports} IsDirector="false" IsPoolEnabledForSAOnEdge="false" />
    </Service>
    <Service RoleVersion="1" ServiceVersion="8">
      <ServiceId SiteId="1" RoleName="UserStore" Instance="1" />
      <DependsOn />
      <InstalledOn>
        <SqlInstanceId Name="rtc">
          <ClusterId SiteId="1" Number="1" />
        </SqlInstanceId>
      </InstalledOn>
      <Ports ${ports} />
    </Service>
    <Service RoleVersion="1" ServiceVersion="8" Type="${deploy}.Internal.ServiceRoles.WebService">
      <ServiceId SiteId="1" RoleName="WebServices" Instance="1" />
      <DependsOn />
      <InstalledOn>
        <ClusterId SiteId="1" Number="1" />
      </InstalledOn>
      <Ports ${ports}>
        <Port Owner="urn:component:OCSWebSite" Usage="WebSite" InterfaceSide="External" InterfaceNumber="1" Port="4443" Protocol="Https" UrlPath="/" AuthorizesRequests="false" ConfiguredPort="443" />
        <Port Owner="urn:component:MediaComp" Usage="AppSharingCommunication" InterfaceSide="Primary" InterfaceNumber="1" Port="49152" Protocol="TcpOrUdp" UrlPath="/" AuthorizesRequests="false" Range="16383" />
      </Ports>
      <WebService ${ports}>
        <ExternalSettings Host="web.contoso.com">
          <OverrideUrls />
        </ExternalSettings>
        <WebComponents xmlns="${deploy}.WebServices.2011">
          <Component ComponentName="ABHandler" />
        </WebComponents>
        <UpaSeparator xmlns="urn:schema:Microsoft.Rtc.Management.BaseTypes.2008" />
      </WebService>
    </Service>
  </Services>
</Topology>`.replaceAll('\n', '\r\n');

/** A pair of pools, one of them in a branch site, with a Director, an Edge pool and file servers, in part changed since it was downloaded. */
export const saved = `\uFEFF<?xml version="1.0" encoding="utf-8"?>
<TopologyBuilder IsFreeFromChanges="false" FileName="C:\\contoso.tbxml" xmlns="${deploy}.TopologyBuilder.2008">
  <OriginalTopology SignatureOfSimpleUrl="bd39024c-6b05-49e9-9388-d45e4f6d5ea5">
    <PartialTopology IsPublished="false" xmlns="${deploy}.WritableTopology.2008">
      <CentralSites><CentralSite SiteId="1"><Name>Old</Name></CentralSite></CentralSites>
    </PartialTopology>
  </OriginalTopology>
  <NewTopology>
    <PartialTopology IsPublished="false" Signature="bd39024c-6b05-49e9-9388-d45e4f6d5ea5" LastSiteId="2" xmlns="${deploy}.WritableTopology.2008">
      <InternalDomains AllowAllDomains="false" DefaultDomain="Contoso.com" xmlns="${deploy}.Topology.2008">
        <InternalDomain Name="contoso.com" Authoritative="false" AllowSubDomains="false" />
      </InternalDomains>
      <SimpleUrlConfiguration UseBackendDatabase="false" xmlns="urn:schema:Microsoft.Rtc.Management.Settings.SimpleUrl.2008">
        <SimpleUrl Component="Meet" Domain="contoso.com" ActiveUrl="https://meet.contoso.com">
          <SimpleUrlEntry Url="https://meet.contoso.com" />
          <SimpleUrlEntry Url="https://join.contoso.com" />
        </SimpleUrl>
      </SimpleUrlConfiguration>
      <CentralSites>
        <CentralSite SiteId="1" OriginalSiteId="1" LastServiceInstance="9" LastClusterNumber="9" FederationRouteServiceUniqueId="1edgeserver1">
          <Name xmlns="${deploy}.Topology.2008">Redmond</Name>
          <Location xmlns="${deploy}.Topology.2008" />
          <Clusters>
            <Cluster IsSingleMachineOnly="false" UniqueId="1-1" RequiresReplication="true" RequiresSetup="true" Fqdn="pool01.contoso.com" OriginalSiteId="1" OriginalNumber="1">
              <Machines>
                <Machine Fqdn="fe01.contoso.com" OriginalOrdinalInCluster="1" OriginalCluster="1-1" FaultDomain="F1" UpgradeDomain="U1" />
                <Machine Fqdn="fe02.contoso.com" OriginalOrdinalInCluster="2" OriginalCluster="1-1" FaultDomain="F2" UpgradeDomain="U2" />
              </Machines>
              <SqlInstances />
            </Cluster>
            <Cluster IsSingleMachineOnly="true" UniqueId="1-2" RequiresReplication="false" RequiresSetup="false" Fqdn="sql01.contoso.com" OriginalSiteId="1" OriginalNumber="2">
              <Machines><Machine /></Machines>
              <SqlInstances>
                <SqlInstance UniqueId="sql1-2" Name="" MirrorPortNumber="5022" OriginalClusterUniqueId="1-2" />
              </SqlInstances>
            </Cluster>
            <Cluster IsSingleMachineOnly="true" UniqueId="1-3" RequiresReplication="true" RequiresSetup="true" Fqdn="EDGE01.contoso.com" OriginalSiteId="1" OriginalNumber="3">
              <Machines><Machine><NetInterface InterfaceSide="External" InterfaceNumber="1" IPAddress="10.0.0.1" ConfiguredIPAddress="192.0.2.1" xmlns="${deploy}.Topology.2008" /></Machine></Machines>
              <SqlInstances />
            </Cluster>
            <Cluster IsSingleMachineOnly="true" UniqueId="01743022-c22c-4816-abca-259cf33dd5b8" RequiresReplication="true" RequiresSetup="true" Fqdn="dir01.contoso.com">
              <Machines><Machine /></Machines>
              <SqlInstances />
            </Cluster>
          </Clusters>
          <RemoteSites>
            <RemoteSite SiteId="2" OriginalSiteId="2">
              <Name xmlns="${deploy}.Topology.2008">Boise</Name>
              <Clusters>
                <Cluster IsSingleMachineOnly="true" UniqueId="2-1" RequiresReplication="true" RequiresSetup="true" Fqdn="se02.contoso.com" OriginalSiteId="2" OriginalNumber="1">
                  <Machines><Machine /></Machines>
                  <SqlInstances />
                </Cluster>
              </Clusters>
            </RemoteSite>
          </RemoteSites>
        </CentralSite>
      </CentralSites>
      <Services>
        <Service UniqueId="1registrar1" RoleName="Registrar" RoleVersion="2" InstalledOn="1-1" ServiceVersion="7" OriginalSiteId="1" OriginalInstance="1">
          <DependsOn>
            <Dependency ServiceUniqueId="1edgeserver1" Usage="Default" />
            <Dependency ServiceUniqueId="1monitoringstore1" Usage="Default" />
          </DependsOn>
          <Backup ServiceUniqueId="2registrar1" EnableAutomaticFailover="true" FailbackDetectionInterval="P0Y0M0DT0H10M0S" FailureDetectionInterval="P0Y0M1DT0H0M0S" />
          <Ports ${ports} />
          <RegistrarService IsDirector="false" ${ports} />
        </Service>
        <Service UniqueId="2registrar1" RoleName="Registrar" RoleVersion="2" InstalledOn="2-1" ServiceVersion="7" OriginalSiteId="2" OriginalInstance="1">
          <DependsOn />
          <Backup ServiceUniqueId="1registrar1" EnableAutomaticFailover="false" FailbackDetectionInterval="P0Y0M0DT0H10M0S" FailureDetectionInterval="P0Y0M0DT0H5M0S" />
          <Ports ${ports} />
        </Service>
        <Service UniqueId="1monitoringstore1" RoleName="MonitoringStore" RoleVersion="1" InstalledOn="sql1-2" ServiceVersion="6" OriginalSiteId="1" OriginalInstance="1">
          <DependsOn />
          <Ports ${ports} />
        </Service>
        <Service UniqueId="1filestore1" RoleName="FileStore" RoleVersion="1" InstalledOn="1-2" ServiceVersion="7" OriginalSiteId="1" OriginalInstance="1">
          <DependsOn />
          <Ports ${ports} />
          <FileStoreService ShareName="lync$" ConfiguredFqdn="contoso.com" ${ports} />
        </Service>
        <Service UniqueId="1edgeserver1" RoleName="EdgeServer" RoleVersion="2" InstalledOn="1-3" ServiceVersion="7" OriginalSiteId="1" OriginalInstance="1">
          <DependsOn><Dependency ServiceUniqueId="df0222f3-f9b2-4a38-a708-380a2bdaa47c" Usage="Default" /></DependsOn>
          <Ports ${ports}>
            <Port Owner="urn:component:AccessEdge" Usage="SipClient" InterfaceSide="External" InterfaceNumber="1" Port="443" Protocol="Tls" UrlPath="/" AuthorizesRequests="false" ConfiguredFqdn="sip.contoso.com" />
            <Port Owner="urn:component:MediaRelayEdge" Usage="MediaCommunication" InterfaceSide="External" InterfaceNumber="1" Port="50000" Protocol="TcpOrUdp" UrlPath="/" AuthorizesRequests="false" Range="10000" />
          </Ports>
        </Service>
        <Service UniqueId="df0222f3-f9b2-4a38-a708-380a2bdaa47c" RoleName="Registrar" RoleVersion="2" InstalledOn="01743022-c22c-4816-abca-259cf33dd5b8" ServiceVersion="7">
          <DependsOn />
          <Ports ${ports} />
          <RegistrarService IsDirector="true" ${ports} />
        </Service>
      </Services>
    </PartialTopology>
  </NewTopology>
</TopologyBuilder>
`;
