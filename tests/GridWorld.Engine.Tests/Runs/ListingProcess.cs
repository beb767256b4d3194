using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace GridWorld.Tests;

/// <summary>
/// A process that lists a folder over and over: this test assembly, started again with a variable set. It ends with the first
/// list that has an error, or other runs than the first one had beside one that comes and goes.
/// </summary>
internal sealed class ListingProcess : IDisposable
{
    readonly Process process;

    ListingProcess(Process process) => this.process = process;

    public static ListingProcess Start(string store) => new(Process.Start(OwnProcess.As("listing", store))!);

    /// <summary>Waits for it to list the folder once more, and gives how often it has, all right so far.</summary>
    public int List()
    {
        process.StandardInput.WriteLine();
        return int.TryParse(process.StandardOutput.ReadLine(), CultureInfo.InvariantCulture, out int lists)
            ? lists
            : throw new InvalidOperationException($"A list was wrong. {process.StandardError.ReadToEnd()}");
    }

    public void End()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    [ModuleInitializer]
    internal static void ListWhereAsked()
    {
        if (OwnProcess.Told("listing") is not { } store)
            return;
        var asked = Task.Run(() => Console.In.ReadLine());
        var first = Lasting();
        for (int lists = 1; ; lists++)
        {
            if (!Lasting().SequenceEqual(first))
                throw new InvalidOperationException($"List {lists} differs from the first.");
            if (!asked.IsCompleted)
                continue;
            if (asked.Result is null)
                Environment.Exit(0);
            Console.WriteLine(lists);
            asked = Task.Run(() => Console.In.ReadLine());
        }

        RunSummary[] Lasting()
        {
            var list = StoreFolder.List(store);
            return list.FirstOrDefault(r => r.Error is not null && r.Id != "comes-and-goes") is { } bad
                ? throw new InvalidOperationException(bad.Error)
                : [.. list.Where(r => r.Id != "comes-and-goes")];
        }
    }
}
