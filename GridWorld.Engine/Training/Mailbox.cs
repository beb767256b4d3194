namespace GridWorld;

/// <summary>
/// Requests to a thread, which answers them between two slices of its work. If there is no such thread, a request runs on the calling
/// thread. Either way, only one thread at a time touches the data of requests.
/// </summary>
/// <param name="look">Called before each answer and after the last one, to process changes.</param>
internal sealed class Mailbox(Action look)
{
    readonly Lock gate = new();
    readonly Queue<Action> requests = [];
    readonly AutoResetEvent asked = new(false);
    Thread? owner;

    /// <summary>The thread that answers requests; null if there is none.</summary>
    public Thread? Owner => owner;

    /// <summary>
    /// Runs a function between two slices of the owner; on the calling thread if there is no owner, or if the owner itself calls, as a
    /// listener.
    /// </summary>
    public T Ask<T>(Func<T> question)
    {
        if (Thread.CurrentThread == owner)
            return question();
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (owner is null)
            {
                var found = question();
                if (owner is null)
                    look();
                return found;
            }

            requests.Enqueue(() =>
            {
                try
                {
                    answer.SetResult(question());
                }
                catch (Exception e)
                {
                    answer.SetException(e);
                }
            });
        }

        asked.Set();
        return answer.Task.GetAwaiter().GetResult();
    }

    public void Ask(Action request) => Ask(() =>
    {
        request();
        return true;
    });

    /// <summary>Like <see cref="Ask(Action)"/> but without waiting, for threads for which the owner may wait.</summary>
    public void Post(Action request)
    {
        lock (gate)
        {
            if (owner is null)
                request();
            else
                requests.Enqueue(request);
        }

        asked.Set();
    }

    /// <summary>Answers all requests. Only the owner calls this.</summary>
    public void Answer()
    {
        while (true)
        {
            look();
            Action? request;
            lock (gate)
            {
                if (!requests.TryDequeue(out request))
                    return;
            }

            request();
        }
    }

    /// <summary>Waits for a request. Only the owner calls this.</summary>
    public void Wait(TimeSpan atMost) => asked.WaitOne(atMost);

    /// <summary>Starts a thread that becomes the owner.</summary>
    public void Open(Func<Thread> make)
    {
        lock (gate)
        {
            owner = make();
            owner.Start();
        }
    }

    /// <summary>Ends the owner. Queued requests are answered here; later requests run on their calling threads.</summary>
    /// <param name="last">Called before any later request; it can open the mailbox again.</param>
    public void Close(Action last)
    {
        lock (gate)
        {
            while (requests.TryDequeue(out var request))
                request();
            look();
            owner = null;
            last();
        }
    }

    /// <summary>Replaces an owner that does not answer, and closes the mailbox in its place.</summary>
    public void TakeOver(Thread from, Action first, Action last)
    {
        lock (gate)
        {
            if (owner != from)
                return;
            owner = Thread.CurrentThread;
            first();
            Close(last);
        }
    }
}
