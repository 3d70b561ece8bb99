/** What people call one object of a section, and several where that is irregular; of other sections the name says it. */
export const nouns: Readonly<Partial<Record<string, readonly [one: string, many?: string]>>> = {
  CsSipDomain: ['SIP domain'],
  CsSite: ['site'],
  CsPool: ['pool'],
  CsComputer: ['computer'],
  CsService: ['service'],
  CsUser: ['user'],
  CsOAuthServer: ['OAuth server'],
  CsPartnerApplication: ['partner application'],
};
