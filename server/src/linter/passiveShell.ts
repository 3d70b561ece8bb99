/** Pieces of the commands that set up passive authentication. Source: "Configuring passive authentication in Lync Server 2013". */

export const webServer = "-Identity 'Service:WebServer:pool01.contoso.com'";

export const metadataUri =
  "-WsFedPassiveMetadataUri 'https://sts.contoso.com/federationmetadata/2007-06/federationmetadata.xml'";

/** Passive is what a client prefers least: any other way that is left on wins. */
export const othersOff = '-UseWindowsAuth None -UseCertificateAuth $false -UsePinAuth $false';

export const othersOn = '-UseWindowsAuth Negotiate -UseCertificateAuth $true -UsePinAuth $true';
