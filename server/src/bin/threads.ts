/** Pieces of large deployments, looked at by as many threads as there are processors. */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { runTask, type PieceResult, type Setup, type Task } from '../batch.ts';
import { worldOf, type Execute } from '../reporting.ts';

/** More do not help: they wait for the disk and for each other's memory. */
const mostThreads = 8;

/** In MB: nearly all that is read of a file is soon forgotten, and should not be carried to where it stays. */
const youngGeneration = 96;

export const processors = Math.min(availableParallelism(), mostThreads);

interface Request {
  readonly task: Task;
  /** With the first task only. */
  readonly setup: Setup | undefined;
}

type Answer = { readonly results: PieceResult[] } | { readonly failure: string };

/** Whether this thread is one of {@link threads}. */
export const isThread = !isMainThread;

/** Does tasks that the main thread sends, one after the other. */
export function serveTasks(): void {
  const world = worldOf((workerData as { folder: string }).folder);
  let setup: Setup | undefined;
  parentPort?.on('message', (request: Request) => {
    setup = request.setup ?? setup;
    if (!setup) return;
    runTask(request.task, setup, world).then(
      (results) => {
        const numbers = results.flatMap(({ survey }) => (survey ? [survey.names.buffer as ArrayBuffer] : []));
        parentPort?.postMessage({ results } satisfies Answer, numbers);
      },
      (error: unknown) => {
        const failure = error instanceof Error ? error.message : String(error);
        parentPort?.postMessage({ failure } satisfies Answer);
      },
    );
  });
}

interface Waiting {
  readonly request: Request;
  readonly resolve: (results: PieceResult[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts threads when the first task comes. They do not keep the process alive.
 * @param program the file that runs {@link serveTasks} in a thread
 * @param folder what names in reports are relative to
 */
export function threads(program: string, folder: string): Execute {
  const idle: Thread[] = [];
  const waiting: Waiting[] = [];
  let started = 0;

  class Thread {
    readonly #worker = new Worker(program, {
      workerData: { folder },
      resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
    });
    #at: Waiting | undefined;
    #hasSetup = false;

    constructor() {
      this.#worker.on('message', (answer: Answer) => {
        const at = this.#at;
        this.#at = undefined;
        if ('failure' in answer) at?.reject(new Error(answer.failure));
        else at?.resolve(answer.results);
        this.#next();
      });
      this.#worker.on('error', (error) => {
        this.#at?.reject(error);
      });
      this.#next();
    }

    take(next: Waiting): void {
      this.#at = next;
      this.#worker.ref();
      const { task, setup } = next.request;
      this.#worker.postMessage({ task, setup: this.#hasSetup ? undefined : setup } satisfies Request);
      this.#hasSetup = true;
    }

    #next(): void {
      const next = waiting.shift();
      if (next) {
        this.take(next);
        return;
      }
      this.#worker.unref();
      idle.push(this);
    }
  }

  return (task, setup) =>
    new Promise((resolve, reject) => {
      const entry: Waiting = { request: { task, setup }, resolve, reject };
      const thread = idle.pop();
      if (thread) {
        thread.take(entry);
        return;
      }
      waiting.push(entry);
      if (started < processors) {
        started++;
        new Thread();
      }
    });
}
