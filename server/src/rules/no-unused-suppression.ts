import { rule } from '../linter/rule.ts';

export default rule({
  id: 'no-unused-suppression',
  severity: 'warning',
  group: 'files',
  summary: 'Comments that silence a rule where it finds nothing, or a rule that does not exist.',
  why: 'Such a comment was right once, or never: what it was about is fixed, or its rule is misspelled. It stays behind and hides the next finding of that rule, which nobody has agreed to. It is not said of a rule that cannot look because sections are missing, nor of text that cannot be read.',
  remedy:
    'Remove the comment, or the name in it. A comment without names is about all rules but this one, which must be named to be silenced.',
  // The linter itself finds it, once all others have looked.
  fixes: ({ fixes = [] }) => fixes,
  examples: {
    bad: [
      `CsConferencingPolicy:
  - Identity: Global
    AudioBitRateKb: 30 # lync-disable-line valid-value -- was 500, ticket 4711
    #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-unused-suppression
`,
      `# lync-disable no-duplicate-identity, valid-value
#              ^^^^^^^^^^^^^^^^^^^^^ no-unused-suppression
CsConferencingPolicy:
  - Identity: Global
    AudioBitRateKb: 500
`,
      `CsConferencingPolicy:
  - Identity: Global
    AudioBitRateKb: 500 # lync-disable-line valid-values
    #                                       ^^^^^^^^^^^^ no-unused-suppression
`,
      `CsConferencingPolicy:
  - Identity: Global
    # lync-enable valid-value
  # ^^^^^^^^^^^^^^^^^^^^^^^^^ no-unused-suppression
`,
    ],
    good: [
      `CsConferencingPolicy:
  - Identity: Global
    AudioBitRateKb: 500 # lync-disable-line valid-value -- ticket 4711
`,
    ],
    near: [
      `# No file has CsWebServiceConfiguration, so no-ucs-with-2fa cannot look, and may yet find something.
CsUser:
  # lync-disable-next-line no-ucs-with-2fa -- ticket 4712
  - SipAddress: sip:ken@contoso.com
`,
      `# The second comment silences nothing today, and is wanted all the same: the first one says so.
# lync-disable-next-line no-unused-suppression -- the export brings them back
# lync-disable valid-value
CsConferencingPolicy:
  - Identity: Global
`,
      `# What stands in a text is no comment, so it silences nothing and is none to remove.
CsClientPolicy:
  - Identity: Global
    IMWarning: |
      # lync-disable-next-line valid-value
      Be kind.
`,
    ],
  },
});
