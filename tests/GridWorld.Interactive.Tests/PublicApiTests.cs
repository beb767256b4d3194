namespace GridWorld.Tests;

public class PublicApiTests() : PublicApi(typeof(KernelExtension).Assembly)
{
    [Fact]
    public void Cells_need_no_type_of_the_web_server_or_the_kernel()
    {
        Assert.DoesNotContain("Microsoft.AspNetCore", Text);
        Assert.DoesNotContain("Microsoft.DotNet.Interactive", Text);
        Assert.DoesNotContain("Microsoft.Extensions.DependencyInjection", Text);
    }
}
