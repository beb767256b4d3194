namespace GridWorld;

/// <summary>A thread that performs queued writes in order until it is ended.</summary>
internal sealed class StoreWriter(string name, TimeSpan idleEvery, Action whenIdle)
{
    // If more writes than this are waiting, the caller also waits, so that copies of large tables do not accumulate.
    const int MostWaiting = 3;
    readonly object gate = new();
    readonly Queue<Action> waiting = [];
    Thread? thread;
    bool writing, ending;

    public bool IsBusy
    {
        get
        {
            lock (gate)
                return writing || waiting.Count > 0;
        }
    }

    public void Post(Action write)
    {
        lock (gate)
        {
            while (waiting.Count >= MostWaiting)
                Monitor.Wait(gate);
            waiting.Enqueue(write);
            if (thread is null)
            {
                ending = false;
                thread = new(Main) { IsBackground = true, Name = name };
                thread.Start();
            }

            Monitor.PulseAll(gate);
        }
    }

    public void Flush()
    {
        lock (gate)
        {
            while (writing || waiting.Count > 0)
                Monitor.Wait(gate);
        }
    }

    /// <summary>Performs the waiting writes and ends the thread.</summary>
    public void End() => EndSoon()?.Join();

    /// <summary>Requests that the thread end after the waiting writes.</summary>
    public Thread? EndSoon()
    {
        lock (gate)
        {
            ending = true;
            Monitor.PulseAll(gate);
            return thread;
        }
    }

    void Main()
    {
        while (true)
        {
            Action? write = null;
            lock (gate)
            {
                writing = false;
                Monitor.PulseAll(gate);
                if (waiting.Count == 0 && !ending)
                    Monitor.Wait(gate, idleEvery);
                if (waiting.TryDequeue(out write))
                    writing = true;
                else if (ending)
                {
                    thread = null;
                    return;
                }

                Monitor.PulseAll(gate);
            }

            (write ?? whenIdle)();
        }
    }
}
