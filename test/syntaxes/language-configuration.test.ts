import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const configuration = JSON.parse(
  readFileSync(new URL('../../client/language-configuration.json', import.meta.url), 'utf8'),
) as {
  wordPattern: { pattern: string; flags: string };
  onEnterRules: { beforeText: string; action: { indent: 'none' | 'indent'; appendText?: string } }[];
};

describe('the language configuration', () => {
  const { pattern, flags } = configuration.wordPattern;
  const words: Record<string, string[]> = {
    'sip:ken@contoso.com': ['sip', 'ken@contoso.com'],
    'Service:WebServer:pool01.contoso.com': ['Service', 'WebServer', 'pool01.contoso.com'],
    '[Registrar:pool01.contoso.com,fe01.contoso.com]': [
      'Registrar',
      'pool01.contoso.com',
      'fe01.contoso.com',
    ],
    'no-ucs-with-2fa, no-call-log-history-with-2fa': ['no-ucs-with-2fa', 'no-call-log-history-with-2fa'],
    'tel:+14255550100;ext=100': ['tel', '+14255550100', 'ext', '100'],
    'https://sts.contoso.com:443/adfs': ['https', 'sts.contoso.com', '443', 'adfs'],
    '5.0.8308.420': ['5.0.8308.420'],
    '"Site:Zürich Nord".': ['Site', 'Zürich', 'Nord'],
    'x-owner: &ken *ken': ['x-owner', 'ken', 'ken'],
    'CONTOSO\\ken.': ['CONTOSO', 'ken'],
  };
  for (const [text, expected] of Object.entries(words)) {
    it(`takes ${text} for the words ${expected.join(' ')}`, () => {
      assert.deepEqual(text.match(new RegExp(pattern, `g${flags}`)), expected);
    });
  }

  const nextLines: Record<string, string> = {
    'CsUser:': '  ',
    '  - SipAddress: sip:ken@contoso.com': '    ',
    '  - Description: |': '      ',
    '  - Services:': '      ',
    '    ClientPolicy: &policy': '      ',
    '    ClientPolicy: Sales': '    ',
    '  - { Identity: Global }': '  ',
    '  - Services: [': '  ',
    '# CsUser:': '',
  };
  for (const [line, expected] of Object.entries(nextLines)) {
    it(`goes on below ${line.trim()}`, () => {
      const rule = configuration.onEnterRules.find(({ beforeText }) => new RegExp(beforeText).test(line));
      const indent = /^ */.exec(line)?.[0] ?? '';
      const deeper = rule?.action.indent === 'indent' ? '  ' : '';
      assert.equal(`${indent}${deeper}${rule?.action.appendText ?? ''}`, expected);
    });
  }
});
