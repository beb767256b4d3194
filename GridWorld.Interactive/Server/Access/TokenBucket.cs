namespace GridWorld;

/// <summary>A rate limit that allows <c>burst</c> requests at once and <c>perSecond</c> on average.</summary>
internal sealed class TokenBucket(double perSecond, double burst, TimeProvider time)
{
    readonly Lock gate = new();
    readonly double most = burst;
    double left = burst;
    long last = time.GetTimestamp();

    public bool TryTake(int count = 1)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            left = Math.Min(most, left + time.GetElapsedTime(last, now).TotalSeconds * perSecond);
            last = now;
            if (left < count)
                return false;
            left -= count;
            return true;
        }
    }
}
