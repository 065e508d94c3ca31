import type { FastifyInstance } from 'fastify'

export async function serve(app: Pick<FastifyInstance, 'listen'>): Promise<void> {
  process.once('disconnect', () => process.exit())
  process.send!(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
}
