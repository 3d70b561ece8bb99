import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IRawGrammar } from 'vscode-textmate';

/** For each line, for each of its characters: the scopes from the outermost to the innermost. */
export type Highlighted = readonly (readonly (readonly string[])[])[];

/** Colours text as VS Code would: same engine, same YAML grammar. */
export const highlighter = async (scopeName: string): Promise<(text: string) => Highlighted> => {
  const grammar = await registry.loadGrammar(scopeName);
  if (grammar === null) throw new Error(`no grammar ${scopeName}`);
  return (text) => {
    let state = textmate.INITIAL;
    return text.split('\n').map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.flatMap((token) =>
        Array<string[]>(Math.min(token.endIndex, line.length) - token.startIndex).fill(token.scopes),
      );
    });
  };
};

const require = createRequire(import.meta.url);
const yaml = '@codingame/monaco-vscode-yaml-default-extension/resources';
const files: Readonly<Record<string, string>> = {
  'source.yaml.lync': '../../syntaxes/lync-yaml.tmLanguage.json',
  'source.yaml': `${yaml}/yaml.tmLanguage.json`,
  'source.yaml.1.0': `${yaml}/yaml-1.0.tmLanguage.json`,
  'source.yaml.1.1': `${yaml}/yaml-1.1.tmLanguage.json`,
  'source.yaml.1.2': `${yaml}/yaml-1.2.tmLanguage.json`,
  'source.yaml.1.3': `${yaml}/yaml-1.3.tmLanguage.json`,
  'source.yaml.embedded': `${yaml}/yaml-embedded.tmLanguage.json`,
};

const registry = new textmate.Registry({
  onigLib: oniguruma
    .loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')))
    .then(() => ({
      createOnigScanner: oniguruma.createOnigScanner,
      createOnigString: oniguruma.createOnigString,
    })),
  loadGrammar: (scopeName) => {
    const file = files[scopeName];
    if (file === undefined) return Promise.resolve(null);
    return Promise.resolve(JSON.parse(readFileSync(require.resolve(file), 'utf8')) as IRawGrammar);
  },
});
