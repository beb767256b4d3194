namespace GridWorld;

/// <summary>What only a notebook's kernel can do, handed over by the extension when it is loaded.</summary>
internal sealed class KernelHost
{
    /// <summary>The kernel this process is; null in a program, a test or a console.</summary>
    public static KernelHost? Current { get; set; }

    /// <summary>Disposes of something when the kernel ends.</summary>
    public Action<IDisposable>? RegisterForDisposal { get; init; }

    /// <summary>Shows a value in the cell that runs, and gives what replaces it there while the cell still runs; null where no cell runs.</summary>
    public Func<object, Action<object>?>? Display { get; init; }

    /// <summary>The token of the cell that runs; it is canceled when the person stops the cell.</summary>
    public Func<CancellationToken>? Cancellation { get; init; }
}
