using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The widget's server as the options ask for it.</summary>
internal static class Serving
{
    public static readonly Option Serve = Options.Flag("--serve", "Show the run in the widget; its address is printed on stderr.");
    public static readonly Option Port = Options.Value("--port", "P", "The port of the widget on 127.0.0.1. Default: a free one.");

    /// <summary>How the server starts, where one was asked for.</summary>
    public static ServerOptions? Read(Given given)
    {
        var options = Always(given);
        return given.Flag(Serve) ? options : null;
    }

    /// <summary>How the server starts; its token comes from GRIDWORLD_TOKEN, where that is set.</summary>
    public static ServerOptions Always(Given given) => new()
    {
        Port = given.Whole(Port, 0, 65535) ?? 0,
        Store = given.Text(Options.Store) ?? RunOptions.DefaultStore,
    };
}
