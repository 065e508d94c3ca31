// Run by set-up from its source, beside the installation of the packages: it must import none.
import { cacheFolder } from '../cache-folder.js'
import { cached } from './cache.js'
import { javaRuntimeArtifact } from './java-runtime.js'
import { kafkaArtifact } from './kafka.js'
import { mongodbArtifact } from './mongodb.js'
import { objectStoreArtifact } from './object-store.js'

const silent = () => undefined
const wanted = [mongodbArtifact, javaRuntimeArtifact, kafkaArtifact, objectStoreArtifact].filter(
  ({ instead }) => !instead || !process.env[instead],
)
await Promise.all(wanted.map((artifact) => cached(artifact, cacheFolder(), silent).catch(silent)))
