export class MachineFault extends Error {}

/** A full disk, a missing file, access that Node's permission model refuses; libvips says the first two in words. */
export function isMachineFault(error: unknown): boolean {
  const { errno, code, message = '' } = error as Partial<NodeJS.ErrnoException>
  if (error instanceof MachineFault || errno !== undefined || code === 'ERR_ACCESS_DENIED') return true
  return /no space|target|file is missing/i.test(message)
}
