/** Progress that people see, and can stop, of what takes longer than a moment. */
import type { Connection } from 'vscode-languageserver';
import type { Progress } from './documents.ts';

/** What takes less, in ms, is not worth a word. */
const moment = 500;

/** @param onCancel called when somebody stops it */
export function progressOf(
  connection: Connection,
  { isShown, title, onCancel }: { isShown: boolean; title: string; onCancel?: () => void },
): Progress {
  let message: string | undefined;
  let isCancelled = false;
  let isDone = false;
  let show: ((message: string) => void) | undefined;
  let end: (() => void) | undefined;
  const begin = async (): Promise<void> => {
    const shown = await connection.window.createWorkDoneProgress();
    if (isDone) return;
    shown.begin(title, undefined, message, true);
    shown.token.onCancellationRequested(() => {
      isCancelled = true;
      onCancel?.();
    });
    show = (text) => {
      shown.report(text);
    };
    end = () => {
      shown.done();
    };
  };
  const timer = isShown
    ? setTimeout(() => {
        begin().catch((error: unknown) => {
          connection.console.warn(`The progress could not be shown: ${String(error)}`);
        });
      }, moment)
    : undefined;
  let next = 0;
  return {
    get isCancelled(): boolean {
      return isCancelled;
    },
    report(text: string): void {
      message = text;
      // Nobody reads faster.
      if (performance.now() < next) return;
      next = performance.now() + 100;
      show?.(text);
    },
    done(): void {
      isDone = true;
      clearTimeout(timer);
      end?.();
    },
  };
}
