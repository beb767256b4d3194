namespace GridWorld;

/// <summary>A thread that writes what it is handed, in order; it ends when it is told to.</summary>
internal sealed class StoreWriter(string name, TimeSpan idleEvery, Action whenIdle)
{
    // If more than this many wait, the caller waits too: copies of large tables must not pile up.
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

    /// <summary>Writes what waits, then ends the thread.</summary>
    public void End() => EndSoon()?.Join();

    /// <summary>Has the thread end once it has written what waits.</summary>
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
