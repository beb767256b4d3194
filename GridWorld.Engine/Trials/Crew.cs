namespace GridWorld;

/// <summary>
/// Threads that do numbered pieces of work. They are threads of their own, so that training never starves the thread pool.
/// </summary>
internal static class Crew
{
    /// <summary>Does all pieces, in order of their numbers as threads become free, and returns when all are done.</summary>
    /// <param name="threads">The most threads, at least 1; the calling thread is one of them.</param>
    /// <param name="count">Number of pieces.</param>
    /// <param name="work">Does a piece. It must not throw.</param>
    public static void Run(int threads, int count, Action<int> work)
    {
        int next = -1;
        var others = Enumerable.Range(1, Math.Max(0, Math.Min(threads, count) - 1))
            .Select(k => new Thread(Work) { IsBackground = true, Name = $"GridWorld seeds {k}" }).ToList();
        others.ForEach(thread => thread.Start());
        Work();
        others.ForEach(thread => thread.Join());

        void Work()
        {
            for (int piece; (piece = Interlocked.Increment(ref next)) < count;)
                work(piece);
        }
    }
}
