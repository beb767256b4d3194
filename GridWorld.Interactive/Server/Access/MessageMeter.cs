using System.Buffers;
using System.IO.Pipelines;

namespace GridWorld;

/// <summary>
/// Counts all incoming messages of one hub connection, and ends the connection if it exceeds the rate.
/// SignalR's hub filters see only calls of known methods.
/// </summary>
internal sealed class MessageMeter(PipeReader inner, TokenBucket bucket, Action exceeded) : PipeReader
{
    const byte Separator = 0x1e;

    ReadOnlySequence<byte> buffer;
    long counted;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Counted(await inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        var any = inner.TryRead(out result);
        if (any)
            result = Counted(result);
        return any;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        counted = buffer.Slice(consumed).Length;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    ReadResult Counted(ReadResult result)
    {
        buffer = result.Buffer;
        var messages = 0;
        foreach (var part in buffer.Slice(counted))
            messages += part.Span.Count(Separator);
        counted = buffer.Length;
        if (messages == 0 || bucket.TryTake(messages))
            return result;
        exceeded();
        return new(buffer.Slice(buffer.End), isCanceled: false, isCompleted: true);
    }
}
