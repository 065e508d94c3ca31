import { addLine } from './insert.js'
import type { Workspace } from './workspace.js'

const K8S = 'deploy/k8s'

/** The deployment of a service in Kubernetes, and its image and replicas in each installation. */
export function addDeployment(workspace: Workspace, name: string): void {
  for (const [file, text] of Object.entries(manifests(name))) workspace.create(`${K8S}/base/${name}/${file}`, text)
  workspace.change(`${K8S}/base/kustomization.yaml`, (text) =>
    addLine(
      addLine(text, /^ {2}- [a-z]+$/, () => `  - ${name}`),
      /^ {6}- [A-Z]+_URL=http:/,
      () => `      - ${name.toUpperCase()}_URL=http://${name}`,
    ),
  )
  workspace.change(`${K8S}/components/tls-inside/kustomization.yaml`, (text) =>
    addLine(text, /^ {6}- [A-Z]+_URL=https:/, () => `      - ${name.toUpperCase()}_URL=https://${name}`),
  )
  for (const overlay of ['local', 'staging', 'production'])
    workspace.change(`${K8S}/overlays/${overlay}/kustomization.yaml`, (text) =>
      addLine(
        addLine(text, /^ {2}- \{ name: \w+, count: \d+ \}$/, (line) => line.replace(/name: \w+/, `name: ${name}`)),
        /^ {2}- \{ name: mpics\/\w+, newName:/,
        (line) => line.replaceAll(/(name: mpics|newName: .*?)\/\w+,/g, `$1/${name},`),
      ),
    )
  workspace.change(`${K8S}/README.md`, (text) =>
    text.replace(/(for name in [a-z ]+)( analyst operator)/, `$1 ${name}$2`),
  )
}

const manifests = (name: string) => ({
  'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
labels:
  - pairs:
      app.kubernetes.io/name: ${name}
      app.kubernetes.io/part-of: million-pictures
    includeSelectors: true
    includeTemplates: true
resources:
  - deployment.yaml
  - service.yaml
`,
  'service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  ports:
    - name: http
      port: 80
      targetPort: http
`,
  'deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: ${name}
          image: mpics/${name}
          envFrom:
            - configMapRef:
                name: million-pictures
            - secretRef:
                name: ${name}
          resources:
            requests: { cpu: 200m, memory: 256Mi }
            limits: { memory: 256Mi }
      # on one node each, where there are enough
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector: { matchLabels: { app.kubernetes.io/name: ${name} } }
      # what cert-manager writes for a Certificate: ca.crt, tls.crt, tls.key
      volumes:
        - name: certificate
          secret: { secretName: ${name}-tls, optional: true, defaultMode: 0440 }
`,
})
