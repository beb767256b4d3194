namespace GridWorld;

/// <summary>
/// Requests to a thread, which answers them between two slices of its work. While no thread works, a request is run where it is made:
/// so what requests touch is touched by one thread at a time.
/// </summary>
/// <param name="look">Looks, before each answer and after the last, at what has changed meanwhile.</param>
internal sealed class Mailbox(Action look)
{
    readonly Lock gate = new();
    readonly Queue<Action> requests = [];
    readonly AutoResetEvent asked = new(false);
    Thread? owner;

    /// <summary>The thread that works; null while none does.</summary>
    public Thread? Owner => owner;

    /// <summary>Runs a question between two slices of the owner; here if there is none, or if it is the owner that asks: a listener.</summary>
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

    /// <summary>Like <see cref="Ask(Action)"/>, but does not wait: for threads that the working thread itself may wait for.</summary>
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

    /// <summary>Answers what has been asked; the owner calls it.</summary>
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

    /// <summary>Waits for a request; the owner calls it.</summary>
    public void Wait(TimeSpan atMost) => asked.WaitOne(atMost);

    /// <summary>Makes a thread the owner and starts it.</summary>
    public void Open(Func<Thread> make)
    {
        lock (gate)
        {
            owner = make();
            owner.Start();
        }
    }

    /// <summary>The owner ends: requests that came too late are answered here, later ones where they are made.</summary>
    /// <param name="last">What is still to be done before anyone else's turn; it may open the mailbox again.</param>
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

    /// <summary>Takes the place of an owner that does not answer, and ends in its place.</summary>
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
