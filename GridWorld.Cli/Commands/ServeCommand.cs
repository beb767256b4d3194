using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The widget over a store.</summary>
internal static class ServeCommand
{
    public static Command Make() => CommandAction.Command("serve", "Show the runs of a store in the widget, until Ctrl+C.", [Options.Store, Serving.Port], RunAsync);

    static async Task<bool> RunAsync(Given given)
    {
        var options = Serving.Always(given);
        given.Faults.ThrowIfAny();
        await using var server = WidgetServer.Start(options);
        using var interrupt = new Interrupt(() => { });
        // Alone on its line, and nothing else on stdout: a program may read it.
        Console.Out.WriteLine(server.Url());
        await interrupt.Asked;
        return true;
    }
}
