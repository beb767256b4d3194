using GridWorld;
using GridWorld.Tests.Browser;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Runs the tests, as the entry that xunit would generate does; or is the server that a test kills.
return HostProcess.ServeIfAsked() ? 0
    : args.Any(arg => arg is "-automated" or "@@") ? await ConsoleRunner.Run(args)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
