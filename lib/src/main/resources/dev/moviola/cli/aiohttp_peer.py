"""aiohttp with a semaphore: the same jobs as the dispatcher's, each one request, but no ledger and no file."""
import asyncio
import json
import sys
import time

import aiohttp


async def all_jobs(url, jobs, in_flight):
    gate = asyncio.Semaphore(in_flight)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def job(number):
            async with gate:
                async with session.post(url, json={"n": number}) as answer:
                    answer.raise_for_status()
                    return len(await answer.read())

        begin = time.perf_counter()
        sizes = await asyncio.gather(*(job(number) for number in range(jobs)))
        return jobs / (time.perf_counter() - begin), min(sizes)


def main():
    url, jobs, in_flight = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    asyncio.run(all_jobs(url, min(jobs, 4 * in_flight), in_flight))
    speed, smallest = asyncio.run(all_jobs(url, jobs, in_flight))
    print(json.dumps({"jobs_per_second": speed, "smallest": smallest}))


main()
