using GridWorld.Cli;

return await CommandLine.RunAsync(args);
