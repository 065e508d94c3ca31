import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** One set-up at a time in this folder; a lock whose owner is gone is taken over. */
export async function alone(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  while (!tryLock(path)) await sleep(200)
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

/** A link appears with its content, so nobody ever reads a lock without an owner. */
function tryLock(path) {
  const own = `${path}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!isAlive(ownerOf(path))) rmSync(path, { force: true })
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

function ownerOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return 0
  }
}

function isAlive(pid) {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
