import type { KubernetesObject } from './manifests.js'

interface Selector {
  matchLabels?: Record<string, string>
}

interface Target {
  namespaceSelector?: Selector
  podSelector?: Selector
  ipBlock?: { cidr: string }
}

interface Port {
  protocol?: string
  port: number | string
  endPort?: number
}

interface Rule {
  to?: Target[]
  ports: Port[]
}

const ofServices = { 'app.kubernetes.io/part-of': 'million-pictures' }

/** Each way out that any policy opens to the pods of a service, as “whom protocol port”; `more`: what jobs are not labelled with. */
export function reachedBy(service: string, policies: readonly KubernetesObject[], more: object = ofServices): string[] {
  const labels = { 'app.kubernetes.io/name': service, ...more }
  const selected = policies.filter(({ spec }) => selects(spec?.podSelector ?? {}, labels))
  return [...new Set(selected.flatMap(({ spec }) => ((spec?.egress ?? []) as Rule[]).flatMap(waysOf)))].sort()
}

const selects = ({ matchLabels = {} }: Selector, labels: Record<string, string>): boolean =>
  Object.entries(matchLabels).every(([name, value]) => labels[name] === value)

const waysOf = ({ to, ports }: Rule): string[] =>
  (to?.map(nameOf) ?? ['anywhere']).flatMap((whom) => ports.map((port) => `${whom} ${portOf(port)}`))

const nameOf = ({ namespaceSelector, podSelector, ipBlock }: Target): string =>
  ipBlock?.cidr ??
  podSelector?.matchLabels?.['app.kubernetes.io/name'] ??
  namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] ??
  'every pod'

const portOf = ({ protocol = 'TCP', port, endPort }: Port): string =>
  `${protocol} ${port}${endPort === undefined ? '' : `-${endPort}`}`
