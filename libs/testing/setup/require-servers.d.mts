export default function requireServers(): Promise<void>
export function whatIsMissing(env: Record<string, string | undefined>, file?: string): Promise<string | undefined>
