import { policyExamples, twoFactorPool } from '../linter/examples.ts';
import { featureRule } from '../linter/featureRule.ts';

export default featureRule({
  id: 'no-exchange-photos-with-2fa',
  severity: 'warning',
  summary: 'Two-factor users whose client still looks for photos in Exchange.',
  why: 'High-definition photos are in the mailboxes, and the client reads them by Exchange Web Services. With passive authentication it cannot: colleagues have the small picture of Active Directory, people of other companies none. Source: Paul Robichaux, "2-factor Lync authentication and missing Exchange features"; "Configuring the use of high-resolution photos".',
  loses: 'High-definition photos are not shown to {user}',
  remedy: 'Set DisplayPhoto to PhotosFromADOnly for two-factor users.',
  examples: policyExamples(
    'no-exchange-photos-with-2fa',
    'CsClientPolicy',
    '',
    'DisplayPhoto: PhotosFromADOnly',
    {
      near: [
        `# DisplayPhoto is AllPhotos by default, but 0 KB means no photos at all.
${twoFactorPool}CsClientPolicy:
  - { Identity: Global, MaxPhotoSizeKB: 0 }
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
        `# A picture from a web site, which this entry brings back, is not in Exchange.
${twoFactorPool}CsClientPolicy:
  - Identity: Global
    DisplayPhoto: PhotosFromADOnly
    PolicyEntry: [{ Name: EnablePresencePhotoOptions, Value: 'True' }]
CsUser:
  - SipAddress: sip:ken@contoso.com
    RegistrarPool: pool01.contoso.com
`,
      ],
    },
  ),
});
