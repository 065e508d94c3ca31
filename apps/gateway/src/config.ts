import { defineConfig, overlappingSecret, peerUrlsOf, statelessConfig } from '@mpics/service-kit'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((item) => item.trim() || []))

const networks = list.transform((items, context) =>
  items.map((item) => {
    try {
      return item.includes('/')
        ? ipaddr.parseCIDR(item)
        : ipaddr.parseCIDR(`${item}/${ipaddr.parse(item).kind() === 'ipv4' ? 32 : 128}`)
    } catch {
      context.addIssue({ code: 'custom', message: `"${item}" is neither an address nor a network like 10.0.0.0/8` })
      return z.NEVER
    }
  }),
)

const origins = list.refine((items) => items.every((item) => URL.canParse(item) && new URL(item).origin === item), {
  error: 'expected origins such as https://app.example, separated by commas',
})

const perMinute = (standard: number, what: string) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .default(standard)
    .meta({ description: `${what} that one address, or one account, may make in a minute` })

export class GatewayConfig extends defineConfig({
  ...statelessConfig,
  ...peerUrlsOf('gateway'),
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(8080).meta({ description: 'port of the public site' }),
  GATEWAY_TRUSTED_PROXIES: networks.meta({
    description:
      'addresses or networks of the proxies in front, separated by commas; only their X-Forwarded-For is believed',
  }),
  GATEWAY_CORS_ORIGINS: origins.meta({
    description: 'origins of other sites whose scripts may use the API, without cookies; none unless given',
  }),
  GATEWAY_REPLICAS: z.coerce.number().int().min(1).default(1).meta({
    description: 'how many gateways share the traffic: each allows its part of the limits',
  }),
  GATEWAY_LIMIT_READ: perMinute(60_000, 'reads'),
  GATEWAY_LIMIT_WRITE: perMinute(12_000, 'changes and log-ins'),
  GATEWAY_LIMIT_CREDENTIALS: perMinute(3_000, 'registrations, refreshes and requests for mails'),
  GATEWAY_LIMIT_UPLOAD: perMinute(1_200, 'uploads'),
  GATEWAY_LIMIT_PAGE_VIEW: perMinute(120_000, 'page views'),
  GATEWAY_LIMIT_WITHDRAWAL: perMinute(6_000, 'answers about consents, mails and cookies'),
  GATEWAY_LIMIT_NEW_BROWSERS: z.coerce.number().int().min(1).max(65_535).default(2_000).meta({
    description: 'browsers of one prefix (IPv4 /24, IPv6 /48) that get the cookie for counting in an hour',
  }),
  GATEWAY_VISITOR_KEY: overlappingSecret().meta({
    description:
      'at least 32 random characters that prove the cookie for counting browsers to be ours; older ones may follow after a comma for 180 days, or every browser counts as a new one',
    secret: true,
  }),
  GATEWAY_STREAMS: z.coerce.number().int().min(0).default(2_000).meta({
    description: 'event streams that one gateway keeps open at most',
  }),
  GATEWAY_STREAMS_PER_CALLER: z.coerce.number().int().min(1).default(10).meta({
    description: 'event streams that one address, or one account, may have open at one gateway',
  }),
  GATEWAY_CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(1).max(4_000).default(100).meta({
    description: 'connections of one address (IPv4, or IPv6 /64) to one gateway; trusted proxies may have more',
  }),
  GATEWAY_COMPOSE_TIMEOUT_MS: z.coerce.number().int().min(10).max(2_000).default(800).meta({
    description: 'how long an answer waits for its enrichments (names, view counts) before it is given without them',
  }),
  GATEWAY_PUBLIC_ANSWER_MS: z.coerce.number().int().min(0).max(1_000).default(500).meta({
    description:
      'how long an answer that is the same for every visitor is held unless an event drops it; 0: not at all, and each request asks for itself',
  }),
  GATEWAY_SECURITY_CONTACT: z.string().default('mailto:security@millionpictures.example').meta({
    description: 'where security.txt sends those who found a hole: a mailto: or https: address',
  }),
}) {
  readonly publicHost = new URL(this.PUBLIC_URL).host

  get secure(): boolean {
    return this.PUBLIC_URL.startsWith('https:')
  }
}
