/** The version of the package; the bundler writes it in. */
declare const LYNC_VERSION: string | undefined;

export const version = typeof LYNC_VERSION === 'string' ? LYNC_VERSION : 'development';
