// After the last test file, in the process that ran them all.
export default () => globalThis.mpicsSystem?.close()
