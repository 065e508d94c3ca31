import { Module } from '@nestjs/common'
import { AgentDeliveryRepository } from './agent-deliveries.repository.js'
import { AgentRepository } from './agent.repository.js'
import { AgentsController } from './agents.controller.js'

@Module({
  controllers: [AgentsController],
  providers: [AgentDeliveryRepository, AgentRepository],
  exports: [AgentDeliveryRepository],
})
export class AgentsModule {}
