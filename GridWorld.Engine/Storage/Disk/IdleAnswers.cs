namespace GridWorld;

/// <summary>What was read of a run's file, remembered until the file is written again: a page that is left open on a run that has ended costs next to nothing.</summary>
internal sealed class IdleAnswers(string path)
{
    readonly Lock gate = new();
    readonly Dictionary<string, object?> answers = [];
    FileStamp? asOf;

    /// <summary>The answer to a question, from the file or as it was remembered.</summary>
    /// <param name="question">Its name.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="lasts">Whether an answer holds for as long as the file does. Default: each does.</param>
    public T Of<T>(string question, Func<T> read, Predicate<T>? lasts = null)
    {
        var now = SafeStamp();
        lock (gate)
        {
            if (now != asOf)
                answers.Clear();
            asOf = now;
            if (answers.TryGetValue(question, out object? known))
                return (T)known!;
        }

        var answer = read();
        lock (gate)
        {
            if (now is not null && now == asOf && lasts?.Invoke(answer) != false)
                answers[question] = answer;
        }

        return answer;
    }

    // A file that goes between two looks has no stamp; what is wrong with it, its reader says.
    FileStamp? SafeStamp()
    {
        try
        {
            return FileStamp.Of(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
