namespace GridWorld;

/// <summary>The functions of a notebook's kernel, which the extension provides when it loads.</summary>
internal sealed class KernelHost
{
    /// <summary>The kernel that this process hosts; null in a program, a test or a console.</summary>
    public static KernelHost? Current { get; set; }

    /// <summary>Registers an object that the kernel disposes when it ends.</summary>
    public Action<IDisposable>? RegisterForDisposal { get; init; }

    /// <summary>
    /// Shows a value in the running cell, and returns a function that replaces the value while the cell runs. Returns null if no cell runs.
    /// </summary>
    public Func<object, Action<object>?>? Display { get; init; }

    /// <summary>The token of the running cell, which is canceled when the user interrupts the cell.</summary>
    public Func<CancellationToken>? Cancellation { get; init; }
}
