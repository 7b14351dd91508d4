"""Who sits at the one seat of the core's tests, and a case that they take down."""

from console.domain.access import Access

ROLES = ("intake", "dispatch", "duty_lead", "callback")
WANG = Access(user="wang", name="王敏", roles=ROLES, scopes=("",))
LEADER = Access(user="zhou", roles=("leader",), scopes=("",))
LI = Access(user="li", roles=("intake",), scopes=("",))


def create(core):
    outcome = core.run("报事 路灯不亮 梅园新村 --type DMUM-01 --caller 张三").result()
    return outcome.plan.changes[0].after.id
