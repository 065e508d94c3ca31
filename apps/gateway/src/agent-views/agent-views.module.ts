import { Module } from '@nestjs/common'
import { ClientsModule } from '../clients/clients.module.js'
import { PageViewsModule } from '../page-views/page-views.module.js'
import { AgentFacts } from './agent-facts.js'
import { AgentViewsController } from './agent-views.controller.js'
import { CheckAgent } from './check-agent.js'
import { PagesForVisitors } from './pages-for-visitors.js'
import { TakeAgentViews } from './take-agent-views.js'

@Module({
  imports: [ClientsModule, PageViewsModule],
  controllers: [AgentViewsController],
  providers: [AgentFacts, CheckAgent, PagesForVisitors, TakeAgentViews],
})
export class AgentViewsModule {}
