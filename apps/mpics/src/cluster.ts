import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Pod {
  metadata: { name: string; creationTimestamp: string }
}

export interface Secret {
  metadata: { resourceVersion: string; annotations?: Record<string, string> }
  data?: Record<string, string>
}

class ClusterError extends Error {
  constructor(
    readonly status: number,
    what: string,
  ) {
    super(`the cluster answers ${status} to ${what}`)
  }
}

/** What the service account of a pod may do in its own namespace, as the API of Kubernetes has it. */
export class Cluster {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** `folder`: of the token. Node.js trusts the cluster by NODE_EXTRA_CA_CERTS. */
  static async ofThisPod(folder: string, env: NodeJS.ProcessEnv): Promise<Cluster> {
    const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env
    if (!host || !port) throw new Error('--secret is for a pod: no KUBERNETES_SERVICE_HOST and _PORT here')
    const read = async (name: string) => (await readFile(join(folder, name), 'utf8')).trim()
    const address = host.includes(':') ? `[${host}]` : host
    return new Cluster(`https://${address}:${port}/api/v1/namespaces/${await read('namespace')}`, await read('token'))
  }

  async secret(name: string): Promise<Secret> {
    return (await this.ask('GET', `/secrets/${name}`)) as Secret
  }

  /** Refused when somebody changed it since it was read. */
  async change(name: string, { metadata }: Secret, change: { annotations: object; data: object }): Promise<void> {
    const { annotations, data } = change
    const patch = { metadata: { resourceVersion: metadata.resourceVersion, annotations }, data }
    await this.ask('PATCH', `/secrets/${name}`, patch)
  }

  async pods(name: string): Promise<Pod[]> {
    const selector = encodeURIComponent(`app.kubernetes.io/name=${name}`)
    return ((await this.ask('GET', `/pods?labelSelector=${selector}`)) as { items: Pod[] }).items
  }

  /** Resolves to false while its disruption budget says no. */
  async evict(pod: string): Promise<boolean> {
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod } }
    try {
      await this.ask('POST', `/pods/${pod}/eviction`, eviction)
    } catch (error) {
      if (error instanceof ClusterError && error.status === 429) return false
      if (!(error instanceof ClusterError && error.status === 404)) throw error
    }
    return true
  }

  private async ask(method: string, path: string, body?: object): Promise<unknown> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const answer = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': type },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    })
    if (!answer.ok) throw new ClusterError(answer.status, `${method} ${path}`)
    return answer.json()
  }
}
