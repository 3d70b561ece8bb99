/**
 * How the picture looks. Colours are those of the editor's theme, with others for where there is none. None of them is alone in
 * saying something: lines differ in their strokes, too, and marks have words.
 */
export const style = `
.lync {
  --ink: var(--vscode-editor-foreground, #1f1f1f);
  --soft: var(--vscode-descriptionForeground, #5c5c5c);
  --paper: var(--vscode-editor-background, #ffffff);
  --box: var(--vscode-editorWidget-background, #f5f5f5);
  --border: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #b8b8b8));
  --two: var(--vscode-textLink-foreground, #005fb8);
  --warn: var(--vscode-editorWarning-foreground, #a35f00);
  --good: var(--vscode-charts-green, #2f7d32);
  --pair: var(--vscode-charts-purple, #652d90);
  --branch: var(--vscode-charts-orange, #b05a00);
  font-family: var(--vscode-font-family, 'Segoe UI', system-ui, sans-serif);
  font-size: 11.5px;
}
.lync text { fill: var(--ink); }
.lync .paper { fill: var(--paper); }
.lync .title { font-size: 20px; font-weight: 600; }
.lync .totals { font-size: 13px; fill: var(--soft); }
.lync .about { font-size: 11.5px; font-weight: 400; fill: var(--soft); }
.lync .answer rect { fill: var(--box); stroke: var(--border); }
.lync .question { font-size: 13px; font-weight: 600; }
.lync .frame { fill: none; stroke: var(--border); stroke-width: 1.5; }
.lync .site { font-size: 15px; font-weight: 600; paint-order: stroke; stroke: var(--paper); stroke-width: 5px; }
.lync .name { font-size: 12px; font-weight: 600; }
.lync .strong { font-weight: 600; }
.lync .box { fill: var(--box); stroke: var(--border); }
.lync .two .box { stroke: var(--two); stroke-width: 2; }
.lync .two .bar { fill: var(--two); }
.lync .badge rect { fill: var(--two); stroke: var(--two); stroke-width: 1.5; }
.lync .some rect { fill: var(--box); }
.lync .open .box { stroke: var(--warn); stroke-width: 2.5; stroke-dasharray: 7 3; }
.lync .open .bar { fill: var(--warn); }
.lync .badge-words { fill: var(--paper); font-size: 9.5px; font-weight: 700; text-anchor: middle; }
.lync .some .badge-words { fill: var(--two); }
.lync .tick { fill: none; stroke: var(--good); stroke-width: 2; }
.lync .warning { fill: var(--warn); }
.lync .mark { stroke: var(--paper); stroke-width: 1.6; }
.lync .link path { fill: none; stroke: var(--soft); stroke-width: 1.4; }
.lync .link .head { stroke: none; fill: var(--soft); }
.lync .outside path, .lync .nextHop path { stroke: var(--ink); stroke-width: 2; }
.lync .outside .head, .lync .nextHop .head { fill: var(--ink); }
.lync .backup path { stroke: var(--pair); stroke-width: 1.8; stroke-dasharray: 8 4; }
.lync .backup .head { fill: var(--pair); }
.lync .branch path { stroke: var(--branch); stroke-width: 2; stroke-dasharray: 2 3; }
.lync .branch .head { fill: var(--branch); }
.lync a { text-decoration: none; }
.lync a:hover .box, .lync a:focus .box { stroke-width: 3; }
`;
